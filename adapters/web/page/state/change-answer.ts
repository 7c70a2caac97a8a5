import { talksApi } from '#adapters/web/page/api/talks-api.ts'
import { draft } from './draft.ts'
import type { OpenTalk } from './open-talk.ts'
import { saySoon } from './toast.ts'
import { noReply, type Turn } from './turn.ts'

const actions = { again: 'control:regenerate', on: 'control:continue' } as const

/** Has an answer given again, or has it go on. Its words come as those of every answer. */
export async function giveAnswer(talk: OpenTalk, turn: Turn, how: keyof typeof actions): Promise<void> {
  const before = turn.reply.peek()
  const message = before?.messageIds[0]
  if (before === undefined || message === undefined) return
  turn.begin(
    how === 'on' ? { ...before, state: 'growing', canGoOn: false } : { ...noReply, messageIds: before.messageIds },
  )
  try {
    const told = await talksApi.tap(message, actions[how]).finally(() => (turn.changedAt = performance.now()))
    // A word of Aeries says why not.
    if (told === null) return talk.lookAfter(turn)
    turn.reply.value = before
    saySoon(told.text)
  } catch (error) {
    turn.reply.value = before
    throw error
  }
}

/** Changes what was asked: the newest question is answered anew. */
export async function editQuestion(talk: OpenTalk, turn: Turn, text: string): Promise<void> {
  const before = turn.question.peek()
  if (before === undefined || text === '' || text === before.text) return
  // Whoever is quick changes it when its answer has just ended: the history has its name, and this page not yet.
  if (before.messageId === undefined) await talk.refresh()
  const [question, reply] = [turn.question.peek(), turn.reply.peek()]
  if (question?.messageId === undefined) {
    draft(talk.id).value = text
    throw new Error('That cannot be changed. Your words stand below: say them anew.')
  }
  turn.question.value = { ...question, text }
  turn.begin({ ...noReply, messageIds: reply?.messageIds ?? [] })
  try {
    await talksApi.edit(question.messageId, text).finally(() => (turn.changedAt = performance.now()))
    talk.lookAfter(turn)
  } catch (error) {
    turn.question.value = question
    turn.reply.value = reply
    throw error
  }
}

/** Ends the answer that is being given. */
export async function stopAnswer(turn: Turn): Promise<void> {
  turn.wantsStop = true
  if (turn.id !== undefined) await talksApi.stop(turn.id)
}
