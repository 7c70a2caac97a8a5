import type { IncomingMessage } from './message.ts'

/** More names say no more. */
const mostNamed = 5
const longestName = 60
/** What a person sent, among what was not read: the rest names what they point at. */
const sendable = /^the ((?:file|image|voice message|sticker|poll|card)\b.*)$/is
const sentLine = /^\(sent [^\n]*\)$/

/**
 * A message that is only a file, with a line in place of its words, so that those who talk on know that it came. The line is ours: nothing
 * is learnt from it.
 */
export function withSentLine(message: IncomingMessage): IncomingMessage {
  if (message.text.trim() !== '') return message
  const names = [
    ...(message.files ?? []).map(({ name }) => name),
    ...message.unread.flatMap(what => (pointsElsewhere.test(what) ? [] : (sendable.exec(what)?.[1] ?? []))),
  ]
  if (names.length === 0) return message
  const named = names.slice(0, mostNamed).map(plain)
  return { ...message, text: `(sent ${[...named, ...(names.length > mostNamed ? ['more'] : [])].join(', ')})` }
}

/** Whether a text is such a line. */
export function isSentLine(text: string): boolean {
  return sentLine.test(text.trim())
}

/** What is left of a message whose words were taken away: platforms keep one without words for its files alone. */
export const sentSomething = '(sent a file)'

const pointsElsewhere = / in the (?:\w+ )?message\b/

/** A name is somebody's own: on one line, and not so long that it hides what is said. */
function plain(name: string): string {
  const line = name.replace(/[\p{C}\s]+/gu, ' ').trim()
  return line.length <= longestName ? line : `${line.slice(0, longestName - 1).toWellFormed()}…`
}
