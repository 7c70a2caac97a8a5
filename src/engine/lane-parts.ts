import type { Reply, Turn } from '#src/core/turn.ts'
import type { AnswerParts } from './answer-parts.ts'
import type { DraftBook } from './draft-book.ts'
import type { FarewellSignals } from './farewell.ts'
import type { OpenExchange } from './open-exchange.ts'

/** What a turn needs from its begin to its end, beside what its answer needs. */
export type LaneParts = AnswerParts &
  FarewellSignals &
  Readonly<{
    drafts: DraftBook
    /** A turn is closed. Nothing here waits for what follows from it. */
    onTurn(turn: Turn, reply: Reply): void
    /** How long somebody waits for an answer, in ms; 15 minutes unless said. */
    patienceMs?: number
    openExchange: OpenExchange
    /** Messages of ours are left to be removed from a platform. */
    onRemovals(platform: string): void
  }>
