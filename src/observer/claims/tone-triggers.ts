import { shuns, style, wants } from './style-wishes.ts'
import type { Trigger } from './triggers.ts'

function tone(value: string, words: string, opposite = 'nothing'): readonly Trigger[] {
  const be = `PLEASE(?:be|sound|stay|talk|speak|write|keep it|keep things|act)(?: to me| with me)?`
  return style('tone', value, [
    `${be} (?:more |a bit more |a little more |very |quite |really |rather |always )?(?:${words})(?: and [a-z]+)?END`,
    `${be} (?:less |not so |not too )(?:${opposite})END`,
    `PLEASE(?:less|not so) (?:${opposite})END`,
    `(?:you )?(?:(?:don'?t|do not) (?:have|need) to|no need to) be (?:so |too |that |all )?(?:${opposite})END`,
    `PLEASE(?:don'?t|do not|stop) (?:be|being|sound|sounding) (?:so |too |that |overly )?(?:${opposite})END`,
    `${wants} (?:a |an |the )?(?:more |very )?(?:${words}) (?:tone|voice|style|language|manner|way of talking|answers|replies)END`,
    `PLEASE(?:use|keep) (?:a |an |the )?(?:more |very )?(?:${words}) (?:tone|voice|style|language)END`,
    `PLEASE(?:more|a bit more|a little more) (?:${words})END`,
    `(?:i OFTEN(?:prefer|like) it )(?:more )?(?:${words})END`,
  ])
}

/** How answers are to sound. */
export const toneTriggers = [
  ...tone('formal', 'formal|polite|professional|businesslike|respectful', 'casual|informal|sloppy|chummy'),
  ...tone(
    'casual',
    'casual|informal|relaxed|chill|easygoing|loose|laid-back',
    'formal|stiff|polite|professional|official',
  ),
  ...tone('warm', 'friendly|warm|kind|gentle|empathetic|encouraging|supportive|nice|patient', 'cold|harsh|rude|dry'),
  ...tone(
    'direct',
    'direct|blunt|frank|honest|straightforward|straight|upfront|candid|brutally honest',
    'diplomatic|vague|evasive',
  ),
  ...tone('playful', 'playful|funny|humorous|witty|silly|fun', 'serious|dry'),
  ...tone(
    'serious',
    'serious|factual|sober|matter-of-fact|neutral|objective',
    'playful|funny|silly|jokey|childish|cheerful|enthusiastic',
  ),
  ...style('tone', 'direct', [
    `PLEASE(?:don'?t|do not|stop|no) (?:sugar-?coat|beat around the bush|hedge|hedging|sugar-?coating)`,
    `(?:just )?tell me (?:straight|the truth)END`,
  ]),
  ...style('tone', 'serious', [
    `(?:no|fewer|less)(?: more)? (?:jokes|puns|joking|humou?r|silliness)END`,
    `PLEASE(?:stop|avoid|skip|cut|drop|don'?t make|do not make) (?:with |making |the |your |any )*(?:jokes|puns|joking)END`,
    `${shuns} (?:the |your )?(?:jokes|puns|humou?r)END`,
    `keine witze(?: bitte)?|pas de blagues|sin chistes`,
  ]),
  ...style('tone', 'playful', [
    `i OFTEN(?:like|love|enjoy) (?:some |a bit of |your )?(?:humou?r|jokes|puns|wit)(?: in (?:your )?(?:answers|replies))?END`,
    `PLEASE(?:make|tell|add|use) (?:more |some )?(?:jokes|puns|humou?r)END`,
    `(?:more )?(?:jokes|puns|humou?r),? please`,
  ]),
  ...style('tone', 'casual', [
    `PLEASE(?:talk|speak|write) (?:to|with) me like (?:a|my|an old) (?:friend|buddy|mate|pal)`,
    `(?:bitte )?(?:du kannst mich|ihr konnt mich|wir konnen uns|du darfst mich|sie konnen mich) (?:gerne |ruhig )?duzen`,
    `(?:lass uns|bitte) duzen|duz mich|sag (?:ruhig )?du`,
    `(?:tu peux|vous pouvez|on peut) (?:me |se )?tutoyer|tutoie(?:-| )moi`,
    `(?:puedes|me puedes) tutear(?:me)?|tuteame`,
  ]),
  ...style('tone', 'formal', [
    `(?:bitte )?(?:siezen sie mich|sie konnen mich siezen|siez mich)`,
    `vouvoie(?:z)?(?:-| )moi`,
    `tratame de usted|trateme de usted`,
  ]),
]
