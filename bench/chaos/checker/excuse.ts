import type { Said } from './evidence.ts'

/** Why an addressed message may rightly have no whole answer. Each that is used is counted and printed. */
export const excuses = {
  'place gone': 'its channel or thread was deleted',
  'question deleted': 'the person took it back',
  stopped: 'its asker said or pressed stop, or began anew, after it was said',
  'answer deleted': 'a moderator or its asker took the answer away',
  'call deleted': 'it names nobody, and what called Aeries into its thread was taken back before it was heard',
} as const

export type Excuse = keyof typeof excuses

/**
 * It was said without naming Aeries below a mention that was taken back. Who heard neither finds a root without words there, and nothing
 * that tells whom the thread is with.
 */
export function isUncalled({ under }: Said, find: (name: string) => Said | undefined): boolean {
  return under !== undefined && find(under)?.deletedAt !== undefined
}

/** The excuse of some messages that were asked together: one is enough, since they share their answer. */
export function excuseOf(said: readonly Said[]): Excuse | undefined {
  if (said.some(({ goneAt }) => goneAt !== undefined)) return 'place gone'
  if (said.some(({ deletedAt }) => deletedAt !== undefined)) return 'question deleted'
  if (said.some(({ answerDeletedAt }) => answerDeletedAt !== undefined)) return 'answer deleted'
  if (said.some(({ at, stoppedAt }) => stoppedAt !== undefined && stoppedAt >= at)) return 'stopped'
  return undefined
}
