import type { MessageId } from '#src/core/ids.ts'
import type { Write } from '#src/core/surface.ts'
import type { AnswerParts } from './answer-parts.ts'
import { type Exchange, keyOf, newest } from './exchange.ts'
import { findStanding } from './find-standing.ts'
import { ReplyText } from './reply-text.ts'
import { restingNotice } from './words.ts'

/** Somebody waits for what they have asked of the turn; a platform that does not answer is not waited for longer. */
const lookWithinMs = 5_000

/**
 * Whoever lets go of a turn leaves nothing behind that the ledger does not know: a message that may stand is looked for, and written
 * down, so that what becomes of the turn next becomes of it as well. Rejects when the signal is aborted, with its reason.
 */
export async function settleDoubt(
  { store, log }: Pick<AnswerParts, 'store' | 'log'>,
  exchange: Exchange,
  signal: AbortSignal,
): Promise<void> {
  if (!exchange.stands?.inDoubt) return
  const { surface } = newest(exchange.asked)
  const write = doubtful(exchange)
  const isOfAnother = async (message: MessageId) =>
    ((await store.turns.showing(message)) ?? exchange.id) !== exchange.id ||
    (await store.revisions.isSuperseded(message))
  try {
    const look = AbortSignal.any([signal, AbortSignal.timeout(lookWithinMs)])
    const found = await findStanding(surface, write, isOfAnother, look)
    if (found !== undefined) await store.turns.shown(exchange.id, write.part, found)
  } catch (error) {
    signal.throwIfAborted()
    log.warn({ err: error, turn: exchange.id }, 'whether one more message of an answer stands could not be found out')
  }
}

/** The send that nobody told of: of the part behind those that are known. Without words it can only be a notice. */
function doubtful(exchange: Exchange): Write {
  const { shown = [], draft } = exchange.stands ?? {}
  const text = new ReplyText(one => newest(exchange.asked).surface.measure(one, 'freeze'))
  text.hear({ text: draft?.text ?? '' })
  const part = shown.length
  const words = [...text.frozen, text.live][part]
  const write = { key: `${keyOf(exchange)}:${part}`, part, phase: 'first', text: words ?? '' } as const
  return words?.trim() ? write : { ...write, text: restingNotice, notice: true }
}
