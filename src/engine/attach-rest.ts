import type { ReplyParts } from './reply-parts.ts'
import type { ReplyView } from './reply-view.ts'
import { WriteBackoff } from './write-backoff.ts'

type AttachParts = Pick<ReplyParts, 'surface' | 'clock' | 'key' | 'log' | 'onShown'>

/** What is too long for messages follows as a file. False when the platform takes no file here. */
export async function attachRest(parts: AttachParts, view: ReplyView, signal: AbortSignal): Promise<boolean> {
  const { surface, clock, key, log } = parts
  const file = { name: 'answer.md', content: view.rest }
  const backoff = new WriteBackoff(clock, log)
  for (;;) {
    const outcome = await surface.attach(file, `${key}:rest`, signal)
    switch (outcome.outcome) {
      case 'written':
        await parts.onShown(view.messages.length, outcome.message)
        view.attached(outcome.message)
        return true
      case 'rate-limited':
        await clock.sleep(outcome.retryAfterMs, signal)
        break
      case 'unknown':
        if (!(await backoff.pause(outcome.cause, 'final', true, signal))) return false
        break
      case 'gone':
        log.warn({ err: outcome.cause }, 'the rest of an answer goes out as messages: no file is taken here')
        return false
      default:
        outcome satisfies never
    }
  }
}
