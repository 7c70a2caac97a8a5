import type { ParseArgsOptionsConfig } from 'node:util'
import type { Tell } from '#src/commands/progress/show-progress.ts'
import type { Figure } from './figure.ts'

/** A file of `bench/` exports one, named `bench`; the file's name is the bench's. */
export interface Bench {
  /** What it measures, in one line. */
  readonly about: string
  /** What may follow the name on the command line. */
  readonly options: ParseArgsOptionsConfig
  run(run: BenchRun): Promise<BenchResult>
}

export type BenchRun = Readonly<{
  values: BenchValues
  /** Says how far the bench is. Nothing of it belongs to the result. */
  progress: Tell
  /** Aborted when somebody ends the bench: it cleans up and throws. */
  signal: AbortSignal
}>

export type BenchValues = Readonly<Record<string, unknown>>

export type BenchResult = Readonly<{
  figures: readonly Figure[]
  /** What stands beside the figures: further measurements, other contenders, bounds, the conditions of the run. */
  beside: Readonly<Record<string, unknown>>
}>
