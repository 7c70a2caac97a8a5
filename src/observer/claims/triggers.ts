import type { ClaimKind, Slot } from '#src/core/claim.ts'

/**
 * A way in which people say something of themselves, or how they want to be answered. It is anchored at the beginning of a
 * clause, where the person speaks for themself: "I live in", not "Tom says I live in".
 */
export type Trigger = Readonly<{
  slot: Slot
  kind: ClaimKind
  /** What the whole clause has to begin with, folded. The group `v` is the value's place, where the words are the value. */
  pattern: RegExp
  /** The value where words are normalised to one of ours. */
  value?: string
  polarity: 1 | -1
  /** Sure enough to be learnt without a model's hint. */
  sure: boolean
  /** The subject is left out, and could be another's. */
  isClipped?: boolean
}>

type More = Partial<Pick<Trigger, 'value' | 'polarity' | 'sure' | 'kind' | 'isClipped'>>

/** `source`: a regular expression's; `I`, `IM`, `HAVE`, `OFTEN` and others stand for what people write for them. */
export function trigger(slot: Slot, kind: ClaimKind, source: string, more: More = {}): Trigger {
  const whole = source.replace(/IM|HAVE|OFTEN|PLEASE|GERADE|END/g, name => parts[name] ?? name)
  const pattern = new RegExp(`^(?:${whole.replace(/\byou\b/g, '(?:you|u)').replace(/\byour\b/g, '(?:your|ur)')})`)
  return { slot, kind, pattern, polarity: 1, sure: true, ...more }
}

/**
 * No bounds: V8 writes out what repeats up to three times as so many copies, and compiling all triggers took four times as long.
 * No word is there twice, or what does not match would be tried in all ways.
 */
const often =
  '(?:(?:really|just|mostly|usually|currently|also|only|always|still|now|actually|often|mainly|primarily|typically|personally|generally|absolutely|truly|quite|kinda|kind of|definitely|simply|very much|so|totally|much|already|recently|all|normally|regularly|both|prefer to|like to|tend to|do)[ ])*'

const parts: Readonly<Record<string, string>> = {
  IM: "(?:i'?m|i am)",
  HAVE: "(?:i'?ve|i have)",
  OFTEN: often,
  GERADE: '(?:(?:gerade|grad|grade|derzeit|jetzt|ubrigens|aktuell|momentan|zurzeit|auch|noch|immer|meistens|schon) )*',
  PLEASE:
    "(?:(?:please|pls|plz|just|kindly|always|from now on|you can|you could|you may|can you|could you|would you|will you|feel free to|i want you to|i'?d like you to|i would like you to|i prefer you to|i need you to|in (?:the )?future)[ ,]+)*",
  END: "(?=$|[ ,]*(?:please|pls|plz|thanks|thank you|thx|ok|okay|btw|by the way|from now on|always|only|instead|in (?:the )?future|with me|to me|for me|if possible|again|here|anymore|any more|ever|at all|in (?:your |the |my )?(?:answers|replies|responses|messages)|bitte|danke|immer|s'il (?:te|vous) plait|stp|merci|por favor|gracias|more|though|,| )*$)",
}
