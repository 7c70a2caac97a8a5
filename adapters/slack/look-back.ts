import type { Clock } from '#src/core/clock.ts'
import type { ReadOutcome } from './channel-reader.ts'
import type { Read } from './read-budget.ts'
import { compareTs, justBefore } from './timestamp.ts'
import type { SlackMessage } from './wire.ts'
import type { Workspace } from './workspace.ts'

/** Whoever waited longer than a quarter of an hour does not wait any more. */
const readWithinMs = 4 * 60_000
/** A Slack that does not answer is asked ever more seldom: pauses double from the first to the longest. */
const firstPauseMs = 1_000
const longestPauseMs = 15_000
/** Of a channel where more was said than so many pages, the newest count. */
const mostPages = 5
/** Read one by one, threads cost a call each; more of them are looked for at the top level, which tells when each was answered last. */
const fewThreads = 1

type Found = Extract<ReadOutcome, { outcome: 'read' }>

export type LookBackParts = Readonly<{
  workspace: Workspace
  clock: Clock
  /** What is older is not looked for, and nothing is newer. */
  after: string
  before: string
}>

/** Reads a workspace's channels and threads behind a message, as fast as leaves room for replies and for some minutes only. */
export class LookBack {
  readonly #parts: LookBackParts
  readonly #until: number
  #left = 0

  constructor(parts: LookBackParts) {
    this.#parts = parts
    this.#until = parts.clock.now().getTime() + readWithinMs
  }

  /** How many channels and threads there was no time for. */
  get left(): number {
    return this.#left
  }

  /**
   * What stands at the top level of a channel, newest first: what was said behind the message, and the older roots that tell
   * whether the named threads were answered since.
   */
  async history(channel: string, roots: ReadonlySet<string>, signal: AbortSignal): Promise<readonly SlackMessage[]> {
    const { workspace, after: since, before } = this.#parts
    const { reader } = workspace
    const older = reader.budget.isScarce || roots.size <= fewThreads ? [] : [...roots]
    const after = [since, ...older.map(justBefore)].reduce((one, other) => (compareTs(one, other) <= 0 ? one : other))
    const messages: SlackMessage[] = []
    let cursor: string | undefined
    for (let page = 0; page < mostPages; page += 1) {
      const span = { after, before, cursor, need: 'patient' } as const
      const read = await this.#patiently(
        'conversations.history',
        channel,
        () => reader.history(channel, span, signal),
        signal,
      )
      if (read === undefined) break
      messages.push(...read.messages)
      cursor = read.cursor
      const oldest = read.messages.at(-1)?.ts
      if (read.whole || cursor === undefined || oldest === undefined) return messages
      const open = older.filter(root => compareTs(root, oldest) < 0).length
      if (compareTs(oldest, since) <= 0 && open <= fewThreads) return messages
    }
    this.#noteMore(channel, messages)
    return messages
  }

  /** What stands in a thread: its root, and what was said behind the message or, `whole`, from the root on; oldest first. */
  async thread(channel: string, thread: string, whole: boolean, signal: AbortSignal): Promise<readonly SlackMessage[]> {
    const { workspace, after } = this.#parts
    const span = { ...(!whole && { after }), need: 'patient' } as const
    const work = () => workspace.reader.thread(channel, thread, span, signal)
    const read = await this.#patiently('conversations.replies', channel, work, signal)
    if (read?.whole === false) this.#noteMore(channel, read.messages)
    return read?.messages ?? []
  }

  async #patiently(
    read: Read,
    channel: string,
    work: () => Promise<ReadOutcome>,
    signal: AbortSignal,
  ): Promise<Found | undefined> {
    const { workspace, clock } = this.#parts
    for (let pauseMs = 0; ; pauseMs = Math.min(longestPauseMs, Math.max(firstPauseMs, 2 * pauseMs))) {
      const waitMs = Math.max(pauseMs, workspace.reader.budget.waitMs(read, 'patient'))
      if (clock.now().getTime() + waitMs > this.#until) {
        this.#left += 1
        return undefined
      }
      if (waitMs > 0) await clock.sleep(waitMs, signal)
      const outcome = await work()
      if (outcome.outcome === 'read') return outcome
      if (outcome.outcome === 'unreadable') continue
      workspace.log.warn({ channel, error: outcome.error }, 'what was missed in a place could not be read')
      return undefined
    }
  }

  #noteMore(channel: string, { length: read }: readonly SlackMessage[]): void {
    const { workspace } = this.#parts
    if (read > 0) workspace.log.warn({ channel, read }, 'more was missed in a place than is read')
  }
}
