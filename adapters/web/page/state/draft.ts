import { type Signal, signal } from '@preact/signals'

const drafts = new Map<string, Signal<string>>()

/** What somebody has begun to write in that conversation; of the one that begins next the name is empty. */
export function draft(talk: string): Signal<string> {
  const known = drafts.get(talk) ?? signal('')
  drafts.set(talk, known)
  return known
}

/** What was begun to be written goes along. */
export function moveDraft(from: string, to: string): void {
  draft(to).value = draft(from).peek()
  draft(from).value = ''
}
