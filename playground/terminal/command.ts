import type { Stage } from '#playground/stage.ts'
import type { Ledger } from './ledger.ts'
import type { Seat } from './seat.ts'

/** What a command may use. */
export type Desk = Readonly<{
  stage: Stage
  seat: Seat
  ledger: Ledger
  /** Tells something about the playground itself. */
  note(text: string): void
  /** Ends the chat after this command. */
  leave(): void
}>

export type Command = Readonly<{
  /** As typed after the slash. */
  name: string
  /** What follows the name, as the help shows it; without it the command takes nothing. */
  takes?: string
  does: string
  run(desk: Desk, rest: string, signal: AbortSignal): Promise<void> | void
}>
