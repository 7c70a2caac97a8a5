import { ConfigError } from '#src/core/errors.ts'

/** A signal that ends what a command is doing, with these words, once its process is told to go: by Ctrl-C, a kill or a closed terminal. */
export function untilSentAway(words: string): AbortSignal {
  const ending = new AbortController()
  for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.once(name, () => ending.abort(new ConfigError(words)))
  }
  return ending.signal
}
