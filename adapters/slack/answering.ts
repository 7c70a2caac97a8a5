import type { Clock } from '#src/core/clock.ts'
import type { MessageId } from '#src/core/ids.ts'
import type { Place } from '#src/core/place.ts'
import type { Thread } from './agent-threads.ts'
import type { Recipient } from './channel-calls.ts'
import type { Errands } from './errands.ts'
import type { Workspace } from './workspace.ts'

export type SurfaceParts = Readonly<{
  workspace: Workspace
  clock: Clock
  errands: Errands
  /** A native stream is ended after that long, before Slack lets it expire. */
  rotateAfterMs: number
}>

/** What a surface answers, and what is known of the asker. */
export type Answering = Readonly<{
  place: Place
  message: MessageId
  /** Native streams may be used here. */
  native: boolean
  /** Whom they are for; known for an asker who has just spoken. */
  recipient: Recipient | undefined
  /** The addresses that the asker wrote. */
  allowed: ReadonlySet<string>
  /** Some of the answer may stand there already: a restart has come in between. */
  mayStand: boolean
}>

export function threadOf({ channel, thread }: Place): Thread | undefined {
  return thread === undefined ? undefined : { channel, thread }
}
