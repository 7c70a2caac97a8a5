import { fold, wordsOf } from './fold.ts'
import { ownWords } from './own-words.ts'

export type Manner = Readonly<{
  /** So many words of their own. */
  words: number
  /** Marks of a formal letter against marks of small talk; `undefined` without any. */
  formality: 'formal' | 'casual' | undefined
  isLowercase: boolean
  /** They showed code. */
  hasCode: boolean
  /** Emoji for each word, from 0. */
  emojiRate: number
  /** How many of the words are of a trade: identifiers, versions, abbreviations; from 0 to 1. */
  jargonRate: number
}>

/** How somebody writes, computed from one message. Pure. */
export function mannerOf(text: string): Manner {
  const own = ownWords(text)
  const words = wordsOf(fold(own).text)
  const count = words.length
  const formal = own.match(formalMarks)?.length ?? 0
  const casual = own.match(casualMarks)?.length ?? 0
  const jargon = own.match(jargonMarks)?.length ?? 0
  return {
    words: count,
    formality: formal === casual ? undefined : formal > casual ? 'formal' : 'casual',
    isLowercase: count >= 4 && /\p{Ll}/u.test(own) && !/\p{Lu}/u.test(own),
    hasCode: /^[ \t]*(?:```|~~~)|`[^`\n]+`/m.test(text),
    emojiRate: (own.match(/\p{Extended_Pictographic}/gu)?.length ?? 0) / Math.max(1, count),
    jargonRate: Math.min(1, jargon / Math.max(1, count)),
  }
}

const formalMarks =
  /\b(?:dear|sincerely|regards|would you kindly|could you please|would you please|I would (?:like|appreciate)|thank you very much|sehr geehrte|mit freundlichen|könnten Sie|würden Sie|je vous prie|veuillez|cordialement|estimad[oa]|atentamente|usted)\b/gi
const casualMarks =
  /\b(?:hey|hi|yo|sup|gonna|wanna|gotta|dunno|lemme|thx|pls|plz|u|ur|lol|omg|btw|nah|yeah|yep|nope|cool|dude|moin|servus|nö|mega|coucou|ouais|mdr|oye|vale|guay)\b|!{2,}|\?{2,}/gi
/** `camelCase`, `snake_case`, `v1.2`, `API`, `file.ts`, `--flag`. */
const jargonMarks =
  /\b(?:[a-z]+[A-Z]\w*|\w+_\w+|v?\d+\.\d+(?:\.\d+)?|[A-Z]{2,}s?\d*|\w+\.(?:ts|js|py|go|rs|md|json|yml|yaml|sh|sql))\b|(?<!\S)--?[a-z][\w-]+/g
