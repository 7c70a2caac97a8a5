import type { Slot } from '#src/core/claim.ts'
import type { Reading } from '#src/core/signal.ts'
import { plainValue } from './plain-value.ts'

/** The order in which style and identity are told. */
export const slotOrder: readonly Slot[] = [
  'call_me',
  'pronouns',
  'language',
  'reply_length',
  'reply_format',
  'tone',
  'emoji_use',
  'explanation',
  'units',
  'timezone',
  'role',
]

/** What they asked for, and the same as a leaning: `They usually like` … */
const wishes: Readonly<
  Record<string, Readonly<Record<string, readonly [wish: string, leaning: string, denial: string]>>>
> = {
  reply_length: {
    short: ['Keep answers short.', 'short answers', 'Do not keep answers short.'],
    long: ['Give long, thorough answers.', 'long, thorough answers', 'Do not give long answers.'],
  },
  reply_format: {
    prose: ['Write in prose, without lists.', 'prose without lists', 'Do not write in plain prose alone.'],
    bullets: ['Use bullet points.', 'bullet points', 'Do not use bullet points.'],
    code: ['Show code.', 'code', 'Do not show code.'],
    table: ['Use tables.', 'tables', 'Do not use tables.'],
    headings: ['Use headings.', 'headings', 'Do not use headings.'],
    numbered: ['Use numbered lists.', 'numbered lists', 'Do not use numbered lists.'],
    steps: ['Lay answers out in steps.', 'answers in steps', 'Do not lay answers out in steps.'],
    bold: ['Use bold type.', 'bold type', 'Do not use bold type.'],
  },
  tone: {
    casual: ['Be casual.', 'a casual tone', 'Do not be casual.'],
    formal: ['Be formal.', 'a formal tone', 'Do not be formal.'],
    warm: ['Be warm.', 'a warm tone', 'Do not be overly warm.'],
    direct: ['Be direct.', 'a direct tone', 'Do not be blunt.'],
    playful: ['Be playful.', 'a playful tone', 'Do not be playful.'],
    serious: ['Be serious.', 'a serious tone', 'Do not be overly serious.'],
  },
  emoji_use: {
    none: ['Use no emoji.', 'answers without emoji', 'Emoji are welcome.'],
    few: ['Use few emoji.', 'few emoji', 'Do not hold back with emoji.'],
    more: ['Use emoji.', 'emoji', 'Do not use many emoji.'],
  },
  explanation: {
    simple: ['Explain in simple words.', 'simple words', 'Do not simplify.'],
    technical: ['Be technical.', 'technical answers', 'Do not be technical.'],
    examples: ['Give examples.', 'examples', 'Leave examples out.'],
    step_by_step: ['Explain step by step.', 'step by step explanations', 'Do not explain step by step.'],
    sources: ['Name sources.', 'sources', 'Leave sources out.'],
    conclusion_first: ['Put the conclusion first.', 'the conclusion first', 'Do not put the conclusion first.'],
    no_small_talk: ['Leave small talk out.', 'answers without small talk', 'Small talk is welcome.'],
  },
  units: {
    metric: ['Use metric units.', 'metric units', 'Do not use metric units.'],
    imperial: ['Use imperial units.', 'imperial units', 'Do not use imperial units.'],
  },
}

type Facts = Readonly<{ is: string; isNot: string }>

const facts: Readonly<Partial<Record<Slot, Facts>>> = {
  call_me: { is: 'Call them', isNot: 'Do not call them' },
  pronouns: { is: 'Their pronouns:', isNot: 'Not their pronouns:' },
  timezone: { is: 'Their time zone:', isNot: 'Not their time zone:' },
  role: { is: 'Their role:', isNot: 'Not their role:' },
  code_language: { is: 'They program in', isNot: 'They do not program in' },
  expertise: { is: 'They know about', isNot: 'They are new to' },
  team: { is: 'Their team:', isNot: 'Not their team:' },
  workplace: { is: 'They work at', isNot: 'They do not work at' },
  education: { is: 'They study:', isNot: 'They do not study:' },
  working_hours: { is: 'Their working hours:', isNot: 'Not their working hours:' },
  location: { is: 'They live in', isNot: 'They do not live in' },
  current_project: { is: 'They are working on', isNot: 'They are not working on' },
  schedule: { is: 'Their schedule:', isNot: 'Not their schedule:' },
  tools: { is: 'They use', isNot: 'They do not use' },
  likes: { is: 'They like', isNot: 'They do not like' },
  dislikes: { is: 'They do not like', isNot: 'They do not mind' },
  goal: { is: 'Their goal:', isNot: 'No goal of theirs:' },
  open: { is: 'They said:', isNot: 'They said that it is not so:' },
}

const languages = new Intl.DisplayNames(['en'], { type: 'language', fallback: 'none' })
/** Below that, what feedback and habits say is a guess. */
const surely = 0.6

type Told = Readonly<{ slot: Slot; value: string; polarity: 1 | -1 }>

/** What a trait says, as one line out of fixed words and one quoted value; `undefined` when it says nothing harmless. */
export function phraseOf({ slot, value, polarity }: Told): string | undefined {
  const wish = wishOf(slot, value)
  if (wish !== undefined) return polarity === 1 ? wish[0] : wish[2]
  if (slot === 'language') {
    const language = languageName(value)
    return language && (polarity === 1 ? `Answer in ${language}.` : `Do not answer in ${language}.`)
  }
  const quoted = plainValue(value)
  const words = facts[slot]
  return quoted && words && `${polarity === 1 ? words.is : words.isNot} ${quoted}.`
}

/** What a dial says that nobody put into words. */
export function leaningOf({
  key,
  value,
  confidence,
}: Pick<Reading, 'key' | 'value' | 'confidence'>): string | undefined {
  const often = confidence >= surely ? 'usually' : 'seem to'
  if (key === 'language') {
    const language = languageName(value)
    return language && `They ${often} write in ${language}.`
  }
  const wish = wishOf(key, value)
  return wish && `They ${often} like ${wish[1]}.`
}

/** What a default of style is called; `undefined`: it has no name. */
export function leaningWords(slot: string, value: string): string | undefined {
  return wishOf(slot, value)?.[1]
}

function wishOf(key: string, value: string) {
  return Object.hasOwn(wishes, key) && Object.hasOwn(wishes[key] ?? {}, value) ? wishes[key]?.[value] : undefined
}

function languageName(code: string): string | undefined {
  return /^[a-z]{2,3}$/.test(code) ? languages.of(code) : undefined
}
