import type { BriefSighting } from '#playground/page/inside-view.ts'
import { happenings } from '#playground/page/state/inside-store.ts'

export function briefs(): readonly BriefSighting[] {
  return happenings.value.flatMap(({ name, data }) => (name === 'brief' ? [data] : []))
}

/** The brief of the prompt that this turn asked with. */
export function briefOf(turn: string): BriefSighting | undefined {
  return briefs().findLast(({ question }) => question.turn === turn)
}
