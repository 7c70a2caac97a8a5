import { type Call, callOf } from './call.ts'
import type { Command } from './command.ts'
import { findCommand } from './registry.ts'

/**
 * A message that is nothing but a command, `aeries VERB ...` with or without a slash; of an unknown verb, or with words that
 * the verb does not take ("Aeries why is the sky blue?"), it is a message like any other.
 */
export function callIn(text: string): Call | undefined {
  const [, verb = '', words = ''] = /^\/?aeries\s+(\w+)\s*(.*)$/is.exec(text.trim()) ?? []
  const command = findCommand(verb.toLowerCase())
  if (command === undefined) return undefined
  const call = callOf(verb, /[\p{L}\p{N}]/u.test(words) ? words : '')
  return takes(command, call.words) ? call : undefined
}

/**
 * A no to being learnt from, or to being heard at all: whoever was told how to say it shall not have to know that a channel takes a
 * mention besides.
 */
export function noIn(text: string): Call | undefined {
  const call = callIn(text)
  const what = call?.words[0]?.toLowerCase()
  const isNo = (call?.verb === 'learning' && what === 'off') || (call?.verb === 'ignore' && what === 'me')
  return isNo ? call : undefined
}

function takes(command: Command, words: readonly string[]): boolean {
  if (words.length === 0) return true
  return command.takes?.(words) ?? command.options.length > 0
}
