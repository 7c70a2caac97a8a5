import type { Quote } from '#src/core/message.ts'
import { neutralise } from './neutralise.ts'
import { plainName } from './speakers.ts'

export type Context = Readonly<{
  now: Date
  /** IANA name. */
  timeZone: string
  /** Only in shared places. */
  asker: string | undefined
  place: string | undefined
  quotes: readonly Quote[]
  unread: readonly string[]
}>

/** A quote longer than that has said what it is about. */
const maxQuoteLength = 1_500
const maxUnreadLength = 200

/** What changes from turn to turn, fenced, for the very end of the newest message: never a part of the prefix. */
export function contextBlock(context: Context): string {
  const lines = ['<context>', `Now: ${tellTime(context.now, context.timeZone)}`]
  if (context.asker !== undefined) lines.push(`Asking now: ${context.asker}`)
  if (context.place !== undefined) lines.push(`Place: ${plainName(context.place)}`)
  for (const quote of context.quotes) lines.push(...quoteLines(quote))
  for (const unread of context.unread) lines.push(`Not read: ${oneLine(unread)}`)
  return [...lines, '</context>'].join('\n')
}

function tellTime(now: Date, timeZone: string): string {
  const told = new Intl.DateTimeFormat('en-GB', { dateStyle: 'full', timeStyle: 'short', timeZone }).format(now)
  return `${told} (${timeZone})`
}

function quoteLines(quote: Quote): readonly string[] {
  const author = quote.own ? 'you' : quote.author === undefined ? 'an unknown author' : plainName(quote.author)
  const text = quote.text.length > maxQuoteLength ? `${quote.text.slice(0, maxQuoteLength)} …` : quote.text
  return [
    `Quoted from ${author}:`,
    ...neutralise(text)
      .split(/\r\n|\n|\r/)
      .map(line => `> ${line}`),
  ]
}

function oneLine(text: string): string {
  return neutralise(text.replace(/[\p{C}\p{Zl}\p{Zp}\s]+/gu, ' ').trim()).slice(0, maxUnreadLength)
}
