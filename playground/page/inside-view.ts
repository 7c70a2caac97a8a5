/** What Aeries tells of its inside, as far as the page reads it: an event of its `/inside`. `at`: when it came, in ms since 1970. */
export type InsideView = Readonly<{ at: number }> & (StateView | HappeningView)

/** What often changes: only how it is now. */
export type StateView =
  | Readonly<{ name: 'budget'; data: readonly BucketView[] }>
  | Readonly<{ name: 'queue'; data: QueueCounts }>

export type HappeningView =
  | Readonly<{ name: 'brief'; data: BriefSighting }>
  | Readonly<{ name: 'lesson'; data: Readonly<{ lesson: LessonView }> }>
  | Readonly<{ name: 'signal'; data: Readonly<{ person: string; signal: SignalView }> }>
  | Readonly<{ name: 'opinion'; data: Readonly<{ opinion: OpinionView; outcome: 'new' | 'known' }> }>
  | Readonly<{ name: 'retracted'; data: Readonly<{ person: string; found: boolean }> }>
  | Readonly<{ name: 'telling'; data: Readonly<{ telling: TellingView }> }>

/** One bucket of the write budget. */
export type BucketView = Readonly<{
  name: string
  limit: number
  remaining: number
  resetInMs: number
  blockedForMs: number
  inFlight: number
  waiting: readonly string[]
}>

/** Exchanges that wait to be learnt from, and those that were given up. */
export type QueueCounts = Readonly<{ waiting: number; dead: number }>

/** A brief as Aeries told of it: the question that it was for, its lines, and where those come from. */
export type BriefSighting = Readonly<{
  question: Readonly<{
    turn?: string | undefined
    person: string
    place: Readonly<{ channel: string; thread?: string | undefined }>
  }>
  brief: Readonly<{ tokens: number; lines: readonly Readonly<{ text: string; trait?: string | undefined }>[] }>
  sources: readonly Readonly<{
    trait: string
    since: string
    scope: string
    quotes: readonly Readonly<{ quote: string }>[]
  }>[]
}>

export type LessonView = Readonly<{
  person: string
  statements: readonly Readonly<{ claim: Readonly<Record<'kind' | 'slot' | 'value' | 'quote', string>> }>[]
  signals: readonly SignalView[]
}>

export type SignalView = Readonly<{ kind: string; key: string; value: string; weight: number }>

/** `verdict`: nothing when it is taken back. */
export type OpinionView = Readonly<{ person: Readonly<{ id: string }>; sign: string; verdict?: string | undefined }>

/** `outcome`, `reason`: of an exchange that was read to be learnt from. */
export type TellingView = Readonly<{ type: string; outcome?: string | undefined; reason?: string | undefined }>
