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
 * Looks for a message of the turn that may stand without anybody having told of it, and writes it down: what becomes of the turn next
 * becomes of it as well. Before somebody lets go of the turn, or it gets another question: platforms are looked through behind the newest
 * one only. Rejects when the signal is aborted, with its reason.
 */
export async function settleDoubt(
  { store, log }: Pick<AnswerParts, 'store' | 'log'>,
  exchange: Exchange,
  signal: AbortSignal,
): Promise<void> {
  const { stands } = exchange
  if (!stands?.inDoubt) return
  const { surface } = newest(exchange.asked)
  const write = doubtful(exchange)
  if (write === undefined) return
  const isOfAnother = async (message: MessageId) =>
    ((await store.turns.showing(message)) ?? exchange.id) !== exchange.id ||
    (await store.revisions.isSuperseded(message))
  try {
    const look = AbortSignal.any([signal, AbortSignal.timeout(lookWithinMs)])
    const found = await findStanding(surface, write, isOfAnother, look)
    if (found === undefined) return
    const shown = { message: found, text: '', phase: 'first', note: undefined, notice: false } as const
    exchange.stands = { ...stands, shown: [...stands.shown, shown], inDoubt: false }
    await store.turns.shown(exchange.id, write.part, found)
  } catch (error) {
    signal.throwIfAborted()
    log.warn({ err: error, turn: exchange.id }, 'whether one more message of an answer stands could not be found out')
  }
}

/** The send that nobody told of: of the part behind those that are known. Without words it can only be a notice. */
function doubtful(exchange: Exchange): Write | undefined {
  const { shown = [], draft } = exchange.stands ?? {}
  const text = new ReplyText(one => newest(exchange.asked).surface.measure(one, 'freeze'))
  text.hear({ text: draft?.text ?? '' })
  const part = shown.length
  const words = [...text.frozen, text.live][part]
  const write = { key: `${keyOf(exchange)}:${part}`, part, phase: 'first', text: words ?? '' } as const
  if (words?.trim()) return write
  return part > 0 ? undefined : { ...write, text: restingNotice, notice: true }
}
