import { languageCode } from './named-values.ts'
import { fillers, negators, phrases, properties, type StyleSlot, wishWords } from './style-vocabulary.ts'

export type StyleWish = Readonly<{ slot: StyleSlot; value: string; polarity: 1 | -1 }>

/**
 * How somebody wants to be answered, read off a piece of a clause word by word: every word of it has to be one that is used for
 * saying that. So whatever else the piece talks of, a letter, a friend, a condition, makes it none. `piece`: folded, without a
 * comma in it.
 */
export function styleWishesIn(piece: string): readonly StyleWish[] {
  const words = wordsIn(piece)
  if (words.length > longestWish || !words.every(isKnown) || !isSaidOfReplies(words.join(' '))) return []
  const found = words.flatMap(word => propertyOf(word) ?? [])
  const denials = words.filter(word => negators.has(word))
  const isDenied = denials.length > 0 || words.some(word => excess.has(word))
  if (found.length === 0 || denials.length > 1 || (isDenied && found.length > 1)) return []
  return found.flatMap(property => meant(property, words, isDenied) ?? [])
}

const longestWish = 12
const excess: ReadonlySet<string> = new Set(['too', 'zu', 'trop', 'demasiado', 'demasiada', 'demasiados'])

function wordsIn(piece: string): readonly string[] {
  const text = phrases.reduce((found, [pattern, word]) => found.replace(pattern, ` ${word} `), ` ${piece} `)
  return text
    .replace(/(?<=\s)([djlnm])'/g, '$1 ')
    .split(/[\s!.?]+/)
    .filter(word => word !== '')
}

type Property = Readonly<{ slot: StyleSlot; value: string }>

function propertyOf(word: string): Property | undefined {
  const language = languageCode(word)
  return properties.get(word) ?? (language === undefined ? undefined : { slot: 'language', value: language })
}

function isKnown(word: string): boolean {
  return (
    propertyOf(word) !== undefined || fillers.has(word) || negators.has(word) || excess.has(word) || wishWords.has(word)
  )
}

/** A wish, and none of what they say of themselves, of Aeries, or of one text that is there. */
function isSaidOfReplies(text: string): boolean {
  if (!text.split(' ').some(word => wishWords.has(word) || negators.has(word) || excess.has(word))) return false
  if (
    /(?:^| )(?:i|ich|je|j|yo) (?!(?:\S+ ){0,3}?(?:like|love|prefer|want|need|hate|dislike|stand|enjoy|appreciate|learn|only|mag|mochte|will|bevorzuge|hasse|hatte|veux|voudrais|aime|prefere|deteste|quiero|prefiero|odio)(?: |$))/.test(
      text,
    )
  )
    return false
  if (
    /(?:^| )(?:you|u|du|tu) (?:are|r|bist|es|love|like|prefer|want|need|use|write|speak|enjoy|hate|magst|aimes) /.test(
      text,
    ) &&
    !/ (?:too|zu|trop|demasiado) /.test(text)
  )
    return false
  if (/(?:^| )(?:no need|kein bedarf) /.test(text)) return false
  const isStatement = /(?:^| )(?:is|are|was|ist|sind|est|sont|son)(?: |$)/.test(text)
  return (
    !isStatement || /(?:^| )(?:too|zu|trop|demasiad[oa]s?|easier|fine|ok|okay|welcome|works|enough)(?: |$)/.test(text)
  )
}

function meant({ slot, value }: Property, words: readonly string[], isDenied: boolean): StyleWish | undefined {
  const text = words.join(' ')
  switch (slot) {
    case 'language':
      // "I love German" is no wish for it, and "no German" tells no other.
      return isDenied || /(?:^| )(?:love|hate|like|aime|mag|gusta|learn|easier)(?: |$)/.test(text)
        ? undefined
        : { slot, value, polarity: 1 }
    case 'emoji_use':
      return emojiWish(text, isDenied)
    case 'reply_format':
      // A thing that is there, or the only one that is wanted.
      if (!isDenied && /(?:^| )(?:the|is|fine|ok|okay|works) /.test(`${text} `)) return undefined
      if (value === 'code' && !/(?:^| )(?:only|just|nur|first)(?: |$)/.test(text)) return undefined
      return { slot, value, polarity: isDenied ? -1 : 1 }
    default: {
      if (!isDenied) return isDenialOnly(value) ? undefined : { slot, value, polarity: 1 }
      // "Don't be shorter" asks for what is: only "too short" asks for more.
      const isAsked = value !== 'short' || words.some(word => excess.has(word))
      const other = isAsked ? opposites[value] : undefined
      if (other !== undefined) return { slot, value: other, polarity: 1 }
      return slot === 'explanation' && (value === 'examples' || value === 'sources')
        ? { slot, value, polarity: -1 }
        : undefined
    }
  }
}

function emojiWish(text: string, isDenied: boolean): StyleWish | undefined {
  const slot = 'emoji_use'
  if (/(?:^| )(?:less|fewer|weniger|moins|menos)(?: |$)/.test(text)) return { slot, value: 'few', polarity: 1 }
  // "Plus d'emojis" is both more and no more.
  if (/(?:^| )plus(?: |$)/.test(text)) return undefined
  return { slot, value: isDenied ? 'none' : 'more', polarity: 1 }
}

/** What nobody asks for, but many do without. */
const jargon = 'jargon'
const smallTalk = 'small_talk'
function isDenialOnly(value: string): boolean {
  return value === jargon || value === smallTalk
}

const opposites: Readonly<Record<string, string>> = {
  short: 'long',
  long: 'short',
  formal: 'casual',
  casual: 'formal',
  serious: 'playful',
  playful: 'serious',
  cold: 'warm',
  simple: 'technical',
  technical: 'simple',
  [jargon]: 'simple',
  [smallTalk]: 'no_small_talk',
}
