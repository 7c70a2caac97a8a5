import type { StatePatch } from './vllm-server/server-state.ts'

/** What somebody may do to the model, played or real. */
export interface ModelWeather {
  /** down: connections are refused, and open answers break. slow: a card that is far too busy. */
  turn(to: 'fair' | 'slow' | 'down'): Promise<void>
  /** The next answer breaks off in the middle. */
  cutNext(): void
}

/** Seconds to the first word, and a few words in a second after that. */
export const slow = { ttftMs: 4_000, itlMs: 250 } as const satisfies StatePatch['latency']
/** Far enough that words are shown, and before the end of the shortest answers. */
export const cutAfterTokens = 12
