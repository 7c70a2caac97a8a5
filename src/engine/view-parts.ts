import type { Button, ReplySurface } from '#src/core/surface.ts'
import type { AnswerButtons } from './controls/answer-buttons.ts'
import type { Standing } from './standing.ts'

/** How a reply grows: as fast as the platform allows, seldom, or not at all before it is whole. */
export type Pace = 'live' | 'calm' | 'off'

export type ViewParts = Readonly<{
  surface: ReplySurface
  /** Begins the keys of its writes. */
  turn: string
  pace: Pace
  /** In ms since the epoch. */
  now(): number
  stands: Standing | undefined
  /** A word about the reply that is known before its first words: shown under it once it is whole. */
  note: string | (() => string | undefined) | undefined
  /** Shown with that note. */
  offers?: readonly Button[] | undefined
  /** Shown under a notice in which the reply ends. */
  buttons: readonly Button[] | undefined
  /** Shown under its newest words, and under its last ones. */
  controls?: AnswerButtons | undefined
  /** What stands there stays until this reply has words. */
  fallsBack?: boolean | undefined
}>
