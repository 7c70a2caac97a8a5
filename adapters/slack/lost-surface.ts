import { RefusedError } from '#src/core/errors.ts'
import type { MessageId } from '#src/core/ids.ts'
import type { Earlier, ReplySurface, Write, WriteOutcome } from '#src/core/surface.ts'
import { room } from './content.ts'
import { platform } from './platform-name.ts'

/** The answer to a message of a workspace that Aeries is in no more. */
export class LostSurface implements ReplySurface {
  measure(text: string): number {
    return text.length / room
  }

  render(text: string): string {
    return text
  }

  bucket(): string {
    return `${platform}:none`
  }

  async write(_write: unknown, signal: AbortSignal): Promise<WriteOutcome> {
    return lost(signal)
  }

  async find(_write: Write, signal: AbortSignal): Promise<MessageId | undefined> {
    signal.throwIfAborted()
    return undefined
  }

  async attach(_file: unknown, _key: string, signal: AbortSignal): Promise<WriteOutcome> {
    return lost(signal)
  }

  async remove(_message: MessageId, signal: AbortSignal): Promise<WriteOutcome> {
    return lost(signal)
  }

  async typing(signal: AbortSignal): Promise<void> {
    signal.throwIfAborted()
  }

  async earlier(signal: AbortSignal): Promise<Earlier> {
    signal.throwIfAborted()
    return { quotes: [], unread: [] }
  }
}

function lost(signal: AbortSignal): WriteOutcome {
  signal.throwIfAborted()
  return { outcome: 'gone', cause: new RefusedError('Aeries is not in this workspace any more') }
}
