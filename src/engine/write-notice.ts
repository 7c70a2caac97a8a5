import type { Awaitable } from '#src/core/awaitable.ts'
import type { MessageId } from '#src/core/ids.ts'
import type { Button, ReplySurface } from '#src/core/surface.ts'
import { untold } from '#src/core/telemetry.ts'
import type { AnswerParts } from './answer-parts.ts'
import { ReplyTimes } from './reply-times.ts'
import type { Standing } from './standing.ts'
import { writeReply } from './write-reply.ts'

type Notice = Readonly<{
  /** Of its write; of its own, at most 22 characters. */
  key: string
  text: string
  buttons?: readonly Button[] | undefined
  /** A process before this one may have said it already; tells whether a message shows something else. */
  isOfAnother?: ((message: MessageId) => Awaitable<boolean>) | undefined
}>

/** Says a word of Aeries in the place of a reply. Returns what stands then. */
export async function writeNotice(
  { budget, clock, log, telemetry = untold }: Pick<AnswerParts, 'budget' | 'clock' | 'log' | 'telemetry'>,
  surface: ReplySurface,
  { key, text, buttons, isOfAnother }: Notice,
  signal: AbortSignal,
): Promise<Standing> {
  const { standing } = await writeReply(
    {
      key,
      surface,
      pace: 'live',
      budget,
      clock,
      log,
      times: new ReplyTimes({ telemetry, clock }),
      buttons,
      stands: isOfAnother && { shown: [], draft: undefined, inDoubt: true },
      // biome-ignore lint/correctness/useYield: there is nothing to say but the notice
      async *ask() {
        throw new NothingToSay()
      },
      stop: signal,
      explain: () => ({ outcome: 'failed', words: text }),
      isOfAnother: isOfAnother ?? (() => false),
      onWriting: () => {},
      onDraft: () => {},
      onShown: () => {},
      remove: async message => void (await surface.remove(message, signal)),
    },
    signal,
  )
  return standing
}

class NothingToSay extends Error {}
