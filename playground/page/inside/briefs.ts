import { happenings } from '#playground/page/state/inside-store.ts'

type Source = Readonly<{
  trait: string
  since: string
  scope: string
  quotes: readonly Readonly<{ quote: string; at: string }>[]
}>

/** A brief as Aeries told of it: the question that it was for, its lines, and where those come from. */
export type BriefSighting = Readonly<{
  question: Readonly<{ turn?: string; person: string; at: string }>
  brief: Readonly<{ tokens: number; lines: readonly Readonly<{ text: string; trait?: string }>[] }>
  sources: readonly Source[]
}>

export function briefs(): readonly BriefSighting[] {
  return happenings.value.flatMap(({ name, data }) => (name === 'brief' ? [data as unknown as BriefSighting] : []))
}

/** The brief of the prompt that this turn asked with. */
export function briefOf(turn: string): BriefSighting | undefined {
  return briefs().findLast(({ question }) => question.turn === turn)
}
