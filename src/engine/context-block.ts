import type { Quote } from '#src/core/message.ts'
import { estimateTokens } from './estimate-tokens.ts'
import type { FileText } from './files/read-files.ts'
import { neutralise } from './neutralise.ts'
import { lineBreak, plainName } from './speakers.ts'

/** What the model is told beside the words themselves. */
export type Context = Readonly<{
  /** As told. */
  now: string
  /** Only in shared places. */
  asker: string | undefined
  place: string | undefined
  quotes: readonly Quote[]
  /** What was read of the files that came along. */
  files: readonly FileText[]
  unread: readonly string[]
  /** About the one who asks; each of whole lines, or empty. Safe already. */
  notes: readonly string[]
  /** Tokens that quotes may take together, and files. */
  room: number
  fileRoom: number
}>

/** A quote longer than that has said what it is about. */
const maxQuoteLength = 1_500
const maxUnreadLength = 120
const maxUnread = 20

/** What changes from turn to turn, fenced, for the very end of the newest message: never a part of the prefix. */
export function contextBlock(context: Context): string {
  const lines = ['<context>', `Now: ${context.now}`]
  if (context.asker !== undefined) lines.push(`Asking now: ${context.asker}`)
  if (context.place !== undefined) lines.push(`Place: ${plainName(context.place)}`)
  lines.push(...tellQuotes(context), ...tellFiles(context))
  for (const unread of new Set(context.unread.slice(0, maxUnread))) lines.push(`Not read: ${oneLine(unread)}`)
  if (context.unread.length > maxUnread) lines.push(`Not read: ${context.unread.length - maxUnread} more things`)
  lines.push(...context.notes.filter(text => text !== ''))
  return [...lines, '</context>'].join('\n')
}

/** The newest quotes matter most; each is told once, and what does not fit is counted. */
function tellQuotes({ quotes, room }: Context): readonly string[] {
  const once = quotes.filter(({ message }, i) => {
    return message === undefined || quotes.findIndex(quote => quote.message === message) === i
  })
  const told: string[] = []
  let left = room
  for (const quote of once.toReversed()) {
    const text = quoteLines(quote).join('\n')
    left -= estimateTokens(text)
    if (left < 0) break
    told.unshift(text)
  }
  const missing = once.length - told.length
  return missing === 0 ? told : [`(${missing} earlier quotes did not fit and were left out here)`, ...told]
}

/** All get the same room. Each line is fenced, so that none of them passes for one of ours. */
function tellFiles({ files, fileRoom }: Context): readonly string[] {
  return files.flatMap(({ name, text, note }) => {
    const safe = neutralise(text)
    const tokens = estimateTokens(safe)
    const room = fileRoom / files.length
    const told = tokens <= room ? safe : safe.slice(0, Math.floor((safe.length * room * 0.95) / tokens))
    const why = told.length < safe.length ? 'only its beginning had room here' : note
    const title = `Quoted from the file ${oneLine(name)}${why === undefined ? '' : ` (${why})`}:`
    return [title, ...told.split(lineBreak).map(line => `> ${line}`)]
  })
}

function quoteLines(quote: Quote): readonly string[] {
  const author = quote.own ? 'you' : quote.author === undefined ? 'an unknown author' : plainName(quote.author)
  const text = quote.text.length > maxQuoteLength ? `${quote.text.slice(0, maxQuoteLength)} …` : quote.text
  return [
    `Quoted from ${author}:`,
    ...neutralise(text)
      .split(lineBreak)
      .map(line => `> ${line}`),
  ]
}

function oneLine(text: string): string {
  return neutralise(text.replace(/[\p{C}\p{Zl}\p{Zp}\s]+/gu, ' ').trim()).slice(0, maxUnreadLength)
}
