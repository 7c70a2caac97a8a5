import type { TurnOutcome } from '#src/core/turn.ts'

/** How a reply ended; `open`: its turn did not, so its draft stays one. */
export type Ending = Readonly<{ outcome: TurnOutcome; note: string | undefined; open?: boolean }>
