import type { Clock } from '#src/core/clock.ts'
import type { ReplySurface } from '#src/core/surface.ts'

/** Discord forgets that somebody types after about 10 s. */
const repeatMs = 8_000

/** Shows at once that Aeries is writing, and keeps showing it until the signal is aborted. Never rejects. */
export async function keepTyping(surface: ReplySurface, clock: Clock, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    try {
      await surface.typing(signal)
      await clock.sleep(repeatMs, signal)
    } catch {
      return
    }
  }
}
