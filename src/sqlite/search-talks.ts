import type { Database } from 'better-sqlite3'
import type { PersonId } from '#src/core/ids.ts'
import type { FoundTalk } from '#src/core/talks.ts'
import { type TalkRow, talkColumns, talkJoined, talkOf } from './talk-rows.ts'

/** Of so many messages that a search finds the talks are told. */
const mostFound = 400
/** About so many words of a message around what was found. */
const excerptWords = 16
/** The same in characters, where words are not told apart. */
const excerptLetters = 24
/** Whoever searches for more has found it before. */
const mostWords = 12

type Who = Readonly<{ person: PersonId; platform: string }>
type Found = TalkRow & Readonly<{ excerpt: string }>

/**
 * The talks of a person in whose title or messages all words of a search begin something. Where people write without blanks the index
 * takes a sentence for one word: there what they said is read through, and a word may stand anywhere in it.
 */
export function createSearchTalks(db: Database) {
  const inTitles = db.prepare<Who, TalkRow>(
    `SELECT ${talkColumns} ${talkJoined} WHERE talk.person_key = :person AND talk.platform = :platform
     ORDER BY last_at DESC`,
  )
  const byIndex = db.prepare<Who & Readonly<{ query: string }>, Found>(
    `SELECT ${talkColumns}, snippet(said, 0, '', '', '…', ${excerptWords}) AS excerpt
     FROM said
     CROSS JOIN message ON message.id = said.rowid
     CROSS JOIN conversation ON conversation.id = message.conversation_id
     CROSS JOIN talk ON talk.key = conversation.key
     WHERE said MATCH :query AND talk.person_key = :person AND talk.platform = :platform
     ORDER BY said.rank LIMIT ${mostFound}`,
  )
  const byReading = db.prepare<Who & Readonly<{ word: string }>, TalkRow & Readonly<{ text: string }>>(
    `SELECT ${talkColumns}, message.text
     FROM talk
     CROSS JOIN conversation ON conversation.key = talk.key
     CROSS JOIN message INDEXED BY message_transcript ON message.conversation_id = conversation.id
     WHERE talk.person_key = :person AND talk.platform = :platform AND instr(message.text, :word) > 0
     ORDER BY message.id DESC LIMIT ${mostFound}`,
  )

  function read(who: Who, words: readonly string[], [word = '']: readonly string[]): readonly Found[] {
    return byReading
      .all({ ...who, word })
      .filter(({ text }) => holdsAll(text, words))
      .map(({ text, ...row }) => ({ ...row, excerpt: excerptOf(text, word) }))
  }

  return (person: PersonId, platform: string, text: string): readonly FoundTalk[] => {
    const words = wordsOf(text)
    if (words.length === 0) return []
    const who = { person, platform }
    const told = inTitles.all(who).filter(({ title }) => holdsAll(title, words))
    const unspaced = words.filter(isUnspaced).toSorted((one, other) => other.length - one.length)
    const query = words.map(word => `"${word}"*`).join(' ')
    const said = unspaced.length > 0 ? read(who, words, unspaced) : byIndex.all({ ...who, query })
    const found = [...told.map(row => ({ ...row, excerpt: undefined })), ...said]
    const once = new Map(found.toReversed().map(row => [row.key, row]))
    return [...once.values()].toReversed().map(row => ({ ...talkOf(row), excerpt: row.excerpt }))
  }
}

/** Letters and digits alone: nothing of a search is taken for the index's own language. */
function wordsOf(text: string): readonly string[] {
  return allWordsOf(text).slice(0, mostWords)
}

function allWordsOf(text: string): readonly string[] {
  return text
    .normalize('NFKC')
    .toLowerCase()
    .split(/[^\p{L}\p{M}\p{N}]+/u)
    .flatMap(word => word.match(runs) ?? [])
}

function holdsAll(text: string, words: readonly string[]): boolean {
  const own = allWordsOf(bare(text))
  return words.map(bare).every(word => {
    return own.some(isUnspaced(word) ? one => one.includes(word) : one => one.startsWith(word))
  })
}

const unspaced = String.raw`\p{scx=Han}\p{scx=Hira}\p{scx=Kana}\p{scx=Thai}\p{scx=Laoo}\p{scx=Khmr}\p{scx=Mymr}`
/** In "Vueの使い方" a word begins where the script changes. */
const runs = new RegExp(`[${unspaced}]+|[^${unspaced}]+`, 'gv')

/** It is of a script that sets no blanks between words. */
function isUnspaced(word: string): boolean {
  return new RegExp(`[${unspaced}]`, 'v').test(word)
}

function excerptOf(text: string, word: string): string {
  const at = text.indexOf(word)
  const [from, to] = [Math.max(0, at - excerptLetters), at + word.length + excerptLetters]
  return `${from > 0 ? '…' : ''}${text.slice(from, to).toWellFormed()}${to < text.length ? '…' : ''}`
}

/** Without accents on Latin letters, as the index has them. */
const bare = (text: string) =>
  text
    .normalize('NFKD')
    .replace(/(?<=\p{Script=Latin})\p{M}+/gu, '')
    .normalize('NFKC')
