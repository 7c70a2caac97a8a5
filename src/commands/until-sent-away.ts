import { ConfigError } from '#src/core/errors.ts'
import { onFarewell } from '#src/on-farewell.ts'

/** A signal that ends what a command is doing, with these words, once its process is told to go. Who insists ends it at once. */
export function untilSentAway(words: string): AbortSignal {
  const ending = new AbortController()
  onFarewell({ first: () => ending.abort(new ConfigError(words)), again: () => process.exit(1) })
  return ending.signal
}
