import { talksApi } from '#adapters/web/page/api/talks-api.ts'
import type { Judgement } from '#adapters/web/page/wire.ts'
import { saySoon } from './toast.ts'
import type { Turn } from './turn.ts'

/** Says what one thinks of an answer, or takes it back. It is shown at once; what then stands is for the server to say. */
export async function judge(turn: Turn, judgement: Judgement): Promise<void> {
  const before = turn.reply.peek()
  const message = before?.messageIds[0]
  if (before === undefined || message === undefined) return
  turn.words += 1
  const word = turn.words
  turn.judgedAt = Number.POSITIVE_INFINITY
  const put = (now: Judgement) => {
    const reply = turn.reply.peek()
    // A later word counts more than what is told of an earlier one, and another answer was not meant.
    if (turn.words === word && reply?.messageIds[0] === message && reply.state === 'whole')
      turn.reply.value = { ...reply, judgement: now }
  }
  put(judgement)
  try {
    const { told, verdict, reason } = await talksApi.judge(message, judgement)
    put({ verdict, reason })
    // What was wrong with it is asked under the answer.
    const isAsked = verdict === 'down' && reason === null
    if (told !== null && !isAsked) saySoon(told)
  } catch (error) {
    put(before.judgement)
    throw error
  } finally {
    if (turn.words === word) turn.judgedAt = performance.now()
  }
}
