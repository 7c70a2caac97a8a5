import { randomBytes } from 'node:crypto'
import type { Json } from '#playground/discord-server/world/json.ts'
import type { Dispatch } from './dispatch.ts'
import { intent } from './intents.ts'

export type Shard = readonly [id: number, count: number]

/** Where a session's frames go while a socket is there. */
export interface FrameSink {
  send(frame: string): void
  readonly open: boolean
}

type SessionParts = Readonly<{ intents: number; shard: Shard; contentAllowed: boolean; replayLimit: number }>

/** One identified client: numbers its events, keeps them for a replay, and outlives its socket for a while. */
export class Session {
  readonly id = randomBytes(16).toString('hex')
  readonly intents: number
  readonly shard: Shard
  #sink: FrameSink | undefined
  #held = false
  #seq = 0
  #flushed = 0
  readonly #kept: { seq: number; frame: string }[] = []
  readonly #reader: Readonly<{ content: boolean }>
  readonly #replayLimit: number

  constructor({ intents, shard, contentAllowed, replayLimit }: SessionParts) {
    this.intents = intents
    this.shard = shard
    this.#reader = { content: contentAllowed && (intents & intent.messageContent) !== 0 }
    this.#replayLimit = replayLimit
  }

  get seq(): number {
    return this.#seq
  }

  get connected(): boolean {
    return this.#sink?.open ?? false
  }

  /** Whether a guild is this session's by its shard; what has no guild goes to the first. */
  covers(guildId: string | undefined): boolean {
    const [id, count] = this.shard
    return (guildId === undefined ? 0 : Number((BigInt(guildId) >> 22n) % BigInt(count))) === id
  }

  /** Whether this session is to hear of an event: its shard, one of the intents. */
  wants({ guildId, intents }: Dispatch): boolean {
    return this.covers(guildId) && (intents === 0 || (this.intents & intents) !== 0)
  }

  dispatch({ name, payload }: Pick<Dispatch, 'name' | 'payload'>): void {
    this.#seq += 1
    this.#kept.push({ seq: this.#seq, frame: frameOf(this.#seq, name, payload(this.#reader)) })
    if (this.#kept.length > this.#replayLimit) this.#kept.shift()
    this.#flush()
  }

  /** Whether all events after `seq` are still kept. */
  canReplayFrom(seq: number): boolean {
    return seq <= this.#seq && seq + 1 >= (this.#kept[0]?.seq ?? this.#seq + 1)
  }

  /** Sends from now on to this socket, beginning after `seq`. */
  attach(sink: FrameSink, seq: number): void {
    this.#sink = sink
    this.#flushed = seq
    this.#flush()
  }

  detach(sink: FrameSink): void {
    if (this.#sink === sink) this.#sink = undefined
  }

  /** Holds events back, or lets those go that were held. */
  hold(on: boolean): void {
    this.#held = on
    this.#flush()
  }

  /** The client says by its heartbeat that it has everything up to here. */
  confirm(seq: number): void {
    if (seq <= this.#seq) this.#kept.splice(0, this.#indexAfter(seq))
  }

  #flush(): void {
    if (!this.#sink?.open || this.#held) return
    for (const { frame } of this.#kept.slice(this.#indexAfter(this.#flushed))) this.#sink.send(frame)
    this.#flushed = this.#seq
  }

  /** Kept events have running numbers, so that the place of one is known without a search. */
  #indexAfter(seq: number): number {
    return Math.max(0, seq + 1 - (this.#kept[0]?.seq ?? seq + 1))
  }
}

function frameOf(seq: number, name: string, payload: Json): string {
  return JSON.stringify({ op: 0, s: seq, t: name, d: payload })
}
