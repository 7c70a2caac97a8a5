import type { HistoryMessage } from '#src/core/history.ts'

/** A prompt carries at most so many messages of the conversation, the asked ones counted. */
export const maxWindow = 20
/** What a window that overflowed restarts with, so that the prompt's prefix stays the same for the next ten messages. */
const restartWith = 10

/**
 * How many of the oldest messages leave the window as so many new ones enter. A window that slides with every message
 * would change the whole prompt each time and leave a prefix cache next to nothing (16 % of the tokens against 84 %).
 */
export function leavingWindow(known: readonly Said[], entering: number): number {
  const all = known.length + entering
  return all <= maxWindow ? 0 : toQuestion(known, Math.min(known.length, all - restartWith))
}

/**
 * So many of the oldest, and answers whose questions are among them: alone they say little and cost their tokens with every
 * restart of the window, and some models' templates refuse a talk that begins with one.
 */
export function toQuestion(messages: readonly Said[], leaving: number): number {
  const question = messages.findIndex(({ role }, i) => i >= leaving && role === 'person')
  return question < 0 ? messages.length : question
}

type Said = Pick<HistoryMessage, 'role'>
