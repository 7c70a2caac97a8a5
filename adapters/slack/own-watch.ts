import type { Clock } from '#src/core/clock.ts'
import type { OwnEvent } from '#src/core/event.ts'
import { type MessageId, messageId } from '#src/core/ids.ts'
import type { Errands } from './errands.ts'
import { learnChannel } from './learning.ts'
import { keyOf } from './lost-message.ts'
import { ownMessage } from './own-event.ts'
import type { Whereabouts } from './place-of.ts'
import { platform } from './platform-name.ts'
import type { SlackMessage } from './wire.ts'
import type { Workspace } from './workspace.ts'

/** The event that tells of a message may be faster than the answer to the call that made it. */
const graceMs = 1_000
/** No call takes longer. */
const mostGraces = 15
const maxTold = 1_000

type Posted = SlackMessage & Whereabouts

export type OwnWatchParts = Readonly<{
  clock: Clock
  errands: Errands
  tell: (told: OwnEvent, workspace: Workspace) => void
}>

/** Tells of messages of our own account that this process did not send, each of them once. */
export class OwnWatch {
  readonly #parts: OwnWatchParts
  readonly #told = new Set<MessageId>()

  constructor(parts: OwnWatchParts) {
    this.#parts = parts
  }

  /** A message of our own account. What bears the key of a write of ours proves that the write arrived, should its answer get lost. */
  heard(said: Posted, workspace: Workspace): void {
    const { team, ownMessages, threads } = workspace
    const message = messageId(platform, team, said.channel, said.ts)
    const key = keyOf(said)
    const keys = [...(key === undefined ? [] : [key]), ...(said.files ?? []).flatMap(({ id }) => id ?? [])]
    for (const one of keys) ownMessages.remember(one, message)
    if (said.thread_ts != null) threads.join(said.channel, said.thread_ts, said.ts)
    if (keys.some(one => ownMessages.isSent(one)) || this.#told.has(message)) return
    this.#remember(message)
    void this.#parts.errands.run('a message of our own', signal => this.#look(said, message, keys, workspace, signal))
  }

  async #look(
    said: Posted,
    message: MessageId,
    keys: readonly string[],
    workspace: Workspace,
    signal: AbortSignal,
  ): Promise<void> {
    // A stream begins without a key: only the answer to its start says that it is ours.
    if (keys.length === 0 && (await this.#turnsOutKnown(said.channel, message, workspace, signal))) return
    await learnChannel(said, workspace, signal)
    const told = ownMessage(said, workspace)
    if (told !== undefined) this.#parts.tell(told, workspace)
  }

  async #turnsOutKnown(
    channel: string,
    message: MessageId,
    { ownMessages }: Workspace,
    signal: AbortSignal,
  ): Promise<boolean> {
    for (let graces = 0; graces < mostGraces; graces += 1) {
      const isBusy = ownMessages.isStarting(channel)
      if (ownMessages.isKnown(message)) return true
      await this.#parts.clock.sleep(graceMs, signal)
      if (ownMessages.isKnown(message)) return true
      if (!isBusy) return false
    }
    return false
  }

  #remember(message: MessageId): void {
    this.#told.add(message)
    const [oldest] = this.#told
    if (this.#told.size > maxTold && oldest !== undefined) this.#told.delete(oldest)
  }
}
