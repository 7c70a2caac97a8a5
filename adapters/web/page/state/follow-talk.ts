import { batch } from '@preact/signals'
import type { AnswerEvent } from '#adapters/web/page/wire.ts'
import { line } from './line.ts'

type Heard = Readonly<{
  event(turn: string, event: AnswerEvent | 'end'): void
  /** Something may have happened that nobody told: read anew. */
  changed(): void
}>

/**
 * Hears all that is answered in a conversation, whichever window asked, until the signal. A window that nobody looks at hears nothing
 * and reads anew later: browsers have only six lines to a server.
 */
export function followTalk(id: string, signal: AbortSignal, heard: Heard): void {
  let source: EventSource | undefined
  const listen = () => {
    if (document.visibilityState === 'hidden' || source !== undefined) return
    source = new EventSource(`/api/conversations/${id}/events`)
    // What was said while nobody listened is in the history.
    source.onopen = () => {
      line.found()
      heard.changed()
    }
    source.onerror = () => {
      line.lost()
      // The browser tries again by itself, unless the server answered with a fault.
      if (source?.readyState === EventSource.CLOSED) void again()
    }
    source.addEventListener('answer', ({ lastEventId, data }: MessageEvent<string>) => {
      const event = data === '[DONE]' ? 'end' : (JSON.parse(data) as AnswerEvent)
      batch(() => heard.event(lastEventId, event))
    })
    source.addEventListener('removed', () => heard.changed())
  }
  const again = async () => {
    close()
    await line.pause(2)
    if (signal.aborted) return
    // It does not tell which fault: who was signed out is told so by this.
    heard.changed()
    listen()
  }
  const close = () => {
    source?.close()
    source = undefined
  }
  const look = () => (document.visibilityState === 'hidden' ? close() : listen())
  document.addEventListener('visibilitychange', look, { signal })
  signal.addEventListener('abort', close)
  listen()
}
