import type { Clock } from '#src/core/clock.ts'
import type { ReplySurface } from '#src/core/surface.ts'

/** Discord forgets that somebody types after about 10 s. */
const repeatMs = 8_000

/**
 * Shows that Aeries is writing, after a while if so asked, and keeps showing it until the signal is aborted. Never rejects.
 * `onTyping`: it shows for the first time.
 */
export async function keepTyping(
  surface: ReplySurface,
  clock: Clock,
  afterMs: number,
  onTyping: () => void,
  signal: AbortSignal,
): Promise<void> {
  for (let isFirst = true; !signal.aborted; isFirst = false) {
    try {
      if (isFirst && afterMs > 0) await clock.sleep(afterMs, signal)
      await surface.typing(signal)
      if (isFirst) onTyping()
      await clock.sleep(repeatMs, signal)
    } catch {
      return
    }
  }
}
