import type { KeepsDays } from '#src/core/retention.ts'

/** What Aeries can say of itself, from the settings it runs with. */
export type HouseFacts = Readonly<{
  version: string
  model: string
  /** Where the model runs, as an operator would say it: names of machines. */
  modelAt: readonly string[]
  startedAt: Date
  /** Whether the model may be asked just now. */
  isModelThere(signal: AbortSignal): Promise<boolean>
  /** For so many days words are kept there; 0: until somebody takes them out. */
  keepsDays: KeepsDays
  /** Who runs this Aeries and how they are reached, if they say so. */
  operator?: string | undefined
  /** Where people read more than `help` tells. */
  guideUrl?: string | undefined
}>
