import { type Call, callOf } from './call.ts'
import { findCommand } from './registry.ts'

/** A message that is nothing but a command, `aeries VERB ...` with or without a slash; of an unknown verb it is a message like any other. */
export function callIn(text: string): Call | undefined {
  const [, verb = '', words = ''] = /^\/?aeries\s+(\w+)\s*(.*)$/is.exec(text.trim()) ?? []
  return findCommand(verb.toLowerCase()) && callOf(verb, words)
}
