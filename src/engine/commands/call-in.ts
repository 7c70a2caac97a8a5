import type { IncomingMessage } from '#src/core/message.ts'
import { type Call, callOf } from './call.ts'
import type { Command } from './command.ts'
import { findCommand } from './registry.ts'

/**
 * A message that is nothing but a command: `aeries VERB ...` with or without a slash, or a mention of Aeries and `VERB ...`. Of an
 * unknown verb, or with words that the verb does not take ("Aeries why is the sky blue?"), it is a message like any other. A mention is how
 * people begin whatever they say to it, so behind one the words have to be a command to the letter.
 */
export function callIn({ text, called }: Pick<IncomingMessage, 'text' | 'called'>): Call | undefined {
  const [, verb, words] = /^[/@]?aeries\s+(\w+)\s*(.*)$/is.exec(text.trim()) ?? []
  if (verb !== undefined) return writtenOut(verb, words ?? '')
  return called ? behindMention(text) : undefined
}

/**
 * A no to being learnt from, or to being heard at all: whoever was told how to say it shall not have to know that a channel takes a
 * mention besides.
 */
export function noIn({ text }: Pick<IncomingMessage, 'text'>): Call | undefined {
  const call = callIn({ text })
  const what = call?.words[0]?.toLowerCase()
  const isNo = (call?.verb === 'learning' && what === 'off') || (call?.verb === 'ignore' && what === 'me')
  return isNo ? call : undefined
}

/**
 * A command that was written while nobody listened and is done all the same: what takes something away from Aeries, or ends that, always, the
 * rest while its giver still waits for it; `isAwaited`. What was to stop has stopped.
 */
export function lateCallIn(
  message: Pick<IncomingMessage, 'text' | 'called' | 'addressed'>,
  isAwaited: boolean,
): Call | undefined {
  const call = message.addressed ? callIn(message) : noIn(message)
  const command = call && findCommand(call.verb)
  if (command === undefined || command.isAtOnce) return undefined
  return isAwaited || command.countsLate?.(call?.words ?? []) ? call : undefined
}

function writtenOut(verb: string, words: string): Call | undefined {
  const command = findCommand(verb.toLowerCase())
  if (command === undefined) return undefined
  const call = callOf(verb, /[\p{L}\p{N}]/u.test(words) ? words : '')
  return takes(command, call.words) ? call : undefined
}

function takes(command: Command, words: readonly string[]): boolean {
  if (words.length === 0) return true
  return command.takes?.(words) ?? words.length <= command.options.length
}

function behindMention(text: string): Call | undefined {
  const [, verb = '', words = ''] = /^(\w+)(?:\s+(\S.*?))?[.!\s]*$/s.exec(text.trim()) ?? []
  const command = findCommand(verb.toLowerCase())
  if (command === undefined) return undefined
  const call = callOf(verb, words)
  return (command.isExact ?? choosesOf(command))(call.words) ? call : undefined
}

/** All that it has to be told, and no word that is not one of its choices. */
function choosesOf({ options }: Command): (words: readonly string[]) => boolean {
  const least = options.filter(({ isRequired }) => isRequired).length
  return words =>
    words.length >= least && words.every((word, at) => options[at]?.choices?.includes(word.toLowerCase()) ?? false)
}
