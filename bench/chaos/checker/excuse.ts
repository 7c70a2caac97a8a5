import type { Said } from './evidence.ts'

/** Why an addressed message may rightly have no whole answer. Each that is used is counted and printed. */
export const excuses = {
  'place gone': 'its channel or thread was deleted',
  'question deleted': 'the person took it back',
  stopped: 'its asker said or pressed stop, or began anew, after it was said',
  'answer deleted': 'a moderator or its asker took the answer away',
} as const

export type Excuse = keyof typeof excuses

/** The excuse of some messages that were asked together: one is enough, since they share their answer. */
export function excuseOf(said: readonly Said[]): Excuse | undefined {
  if (said.some(({ goneAt }) => goneAt !== undefined)) return 'place gone'
  if (said.some(({ deletedAt }) => deletedAt !== undefined)) return 'question deleted'
  if (said.some(({ answerDeletedAt }) => answerDeletedAt !== undefined)) return 'answer deleted'
  if (said.some(({ at, stoppedAt }) => stoppedAt !== undefined && stoppedAt >= at)) return 'stopped'
  return undefined
}
