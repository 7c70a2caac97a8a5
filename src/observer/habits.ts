import { mannerOf } from './claims/manner.ts'
import { ownWords } from './claims/own-words.ts'

export type Habits = Readonly<{
  /** ISO 639-1, when the words leave no doubt. */
  language: string | undefined
  hasEmoji: boolean
  formality: 'formal' | 'casual' | undefined
  length: 'short' | 'medium' | 'long'
  /** Of the day, in UTC. */
  hour: number
}>

/** Words: the length of a line, and of a paragraph. */
const [shortWords, mediumWords] = [12, 60]
/** Fewer letters tell no language apart. */
const leastLetters = 12
/** So many of a language's commonest words, and twice as many as of any other. */
const leastWords = 2

/** How somebody writes: computed from their own words. Pure. */
export function habitsOf(text: string, at: Date): Habits {
  const { words, emojiRate, formality } = mannerOf(text)
  const length = words <= shortWords ? 'short' : words <= mediumWords ? 'medium' : 'long'
  return { language: languageOf(ownWords(text)), hasEmoji: emojiRate > 0, formality, length, hour: at.getUTCHours() }
}

function languageOf(text: string): string | undefined {
  const letters = text.match(/\p{L}/gu)?.length ?? 0
  for (const [language, script] of scripts) {
    const its = text.match(script)?.length ?? 0
    if (its >= leastWords && its * 3 >= letters) return language
  }
  if (letters < leastLetters) return undefined
  const words = text.toLowerCase().match(/\p{L}+/gu) ?? []
  const [first, second] = Object.entries(commonest)
    .map(([language, common]) => ({ language, count: words.filter(word => common.has(word)).length }))
    .sort((one, other) => other.count - one.count)
  if (first === undefined || first.count < leastWords) return undefined
  return first.count >= 2 * (second?.count ?? 0) ? first.language : undefined
}

const scripts: readonly (readonly [language: string, script: RegExp])[] = [
  ['ja', /[\p{Script=Hiragana}\p{Script=Katakana}]/gu],
  ['ko', /\p{Script=Hangul}/gu],
  ['zh', /\p{Script=Han}/gu],
  ['el', /\p{Script=Greek}/gu],
  ['he', /\p{Script=Hebrew}/gu],
  ['th', /\p{Script=Thai}/gu],
]

const commonest: Readonly<Record<string, ReadonlySet<string>>> = Object.fromEntries(
  Object.entries({
    en: 'the and you that is it for what with have this how can are do not of to my please',
    de: 'der die das und ich nicht ist mit wie was ein eine für auf zu den kannst bitte mir wir es auch',
    fr: 'le la les et je pas est avec que qui une pour dans vous des du ce mon merci peux',
    es: 'el la los que no es con por para una como mi pero más está puedes gracias del qué y',
    it: 'il che di non è per una con come sono mi più della puoi grazie questo ma si',
    pt: 'o que não é com por para uma como meu mas está você obrigado dos em do da',
    nl: 'de het een en ik niet is met wat voor op zijn van je kun dat te ook',
    pl: 'nie się jest to że jak na do czy i mi co ale proszę',
    sv: 'och det är inte jag att en som på med för hur kan vad',
    tr: 've bir bu için ne mi değil ben çok nasıl ile var',
    ru: 'и в не на что как это я с но мне по же ты',
    uk: 'і в не на що як це я з але мені ти є чи',
  }).map(([language, words]) => [language, new Set(words.split(' '))]),
)
