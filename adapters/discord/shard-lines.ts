import { type Client, Events } from 'discord.js'
import type { Clock } from '#src/core/clock.ts'
import type { Log } from '#src/core/log.ts'
import { noSessionsLeft } from './attempt.ts'
import { Gaps } from './gaps.ts'
import { faultOf } from './outcomes.ts'
import type { ShardWatch } from './shards.ts'

export type ShardLinesParts = Readonly<{
  log: Log
  clock: Clock
  /** A session was lost, and we are in touch again: what happened since then may not have arrived. */
  onGap: (since: Date) => void
}>

/** How each shard's line to Discord is, over all clients that ever hold it. */
export class ShardLines {
  readonly #parts: ShardLinesParts
  readonly #gaps = new Gaps()
  /** Shards that are not in touch, with the reason. */
  readonly #troubled = new Map<number, string>()

  constructor(parts: ShardLinesParts) {
    this.#parts = parts
  }

  /** Why one of them is not in touch, if one is not. */
  get trouble(): string | undefined {
    const [cause] = this.#troubled.values()
    return cause
  }

  get watch(): ShardWatch {
    const { log, clock } = this.#parts
    return {
      onGreeted: shard => this.#gaps.greeted(shard),
      onResumed: shard => this.#gaps.resumed(shard),
      onClosed: shard => this.#gaps.closed(shard),
      onInTouch: shard => this.#gaps.heard(shard, clock.now()),
      // Never the error itself: it may be about what somebody wrote.
      onOdd: (dispatch, error) =>
        log.error({ dispatch, fault: error && faultOf(error) }, 'a dispatch was not understood'),
    }
  }

  follow(client: Client): void {
    const { log } = this.#parts
    client.on(Events.ShardReconnecting, shard => {
      if (!this.#troubled.has(shard)) log.info({ shard }, 'discord reconnects')
      this.#troubled.set(shard, 'the gateway connection broke, reconnecting')
    })
    client.on(Events.ShardResume, shard => this.#recovered(shard))
    client.on(Events.ShardReady, shard => this.#begun(shard))
    client.on(Events.ShardError, error => log.debug({ fault: faultOf(error) }, 'gateway connection failed'))
    client.on(Events.Error, error => log.error({ fault: faultOf(error) }, 'discord.js failed'))
  }

  /** Discord opens no new session for this shard for so many milliseconds. */
  hold(shard: number, ms: number): void {
    const cause = noSessionsLeft(new Date(this.#parts.clock.now().getTime() + ms))
    this.#troubled.set(shard, cause)
    this.#parts.log.error({ shard, cause }, 'discord opens no session')
  }

  /** The client is left: its troubles are nobody's any more. What its sessions heard still counts. */
  forgetTrouble(): void {
    this.#troubled.clear()
  }

  #recovered(shard: number): void {
    if (this.#troubled.delete(shard)) this.#parts.log.info({ shard }, 'discord is back')
  }

  #begun(shard: number): void {
    this.#recovered(shard)
    const since = this.#gaps.ready(shard)
    if (since === undefined) return
    this.#parts.log.warn({ shard, since }, 'discord began a new session: events may be missing')
    this.#parts.onGap(since)
  }
}
