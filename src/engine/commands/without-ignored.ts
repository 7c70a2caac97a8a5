import { isIgnored } from '#src/core/ignored.ts'
import type { Quote } from '#src/core/message.ts'
import type { Preferences } from '#src/core/preferences.ts'
import type { Heard } from '#src/engine/exchange.ts'

/** What was heard, without the words of those who want to be left alone; `undefined`: the speaker is one of them. */
export async function withoutIgnored(preferences: Preferences, heard: Heard): Promise<Heard | undefined> {
  if (await isIgnored(preferences, heard.person.id)) return undefined
  const { message } = heard
  return { ...heard, message: { ...message, quotes: await quotable(preferences, message.quotes) } }
}

/** Those of whom a prompt may tell. */
export async function quotable(preferences: Preferences, quotes: readonly Quote[]): Promise<readonly Quote[]> {
  const kept: Quote[] = []
  for (const quote of quotes) {
    if (quote.person === undefined || !(await isIgnored(preferences, quote.person))) kept.push(quote)
  }
  return kept
}
