import type { Contender } from './contenders.ts'
import type { Platform, Setting } from './scenario.ts'

export type StagePlan = Readonly<{
  contender: Contender
  environment: Readonly<Record<string, string>>
  /** What a request takes at the least on its way; half of them take twice as long. 0: loopback. */
  latencyMs?: number
}>

/** A platform with one contender on it, as a person in front of it and its own books see it. */
export interface Stage extends AsyncDisposable {
  readonly contender: string
  readonly platform: Platform
  /** Makes a channel in which a scenario plays; `weather`: a fifth of its requests fails. Gives its id. */
  open(name: string, setting: Setting, weather: boolean): string
  /** Somebody asks the contender there. Gives the time. */
  ask(channel: string, asker: number, words: string): number
  /** What the contender has on the screen there, oldest first. */
  messages(channel: string): readonly ShownMessage[]
  /** All writes so far, in the order of their answers. */
  writes(): readonly LoggedWrite[]
  /** Rejects with the contender's last words should it end. */
  readonly lost: AbortSignal
}

/** `file`: the text of what is attached to it. */
export type ShownMessage = Readonly<{ id: string; frames: readonly Frame[]; isDeleted: boolean; file: string }>

/**
 * What everybody in the place sees of a message from then on, and where that is more, what its asker sees. Times are in
 * ms since 1970.
 */
export type Frame = Readonly<{ at: number; content: string; forAsker?: string }>

export type LoggedWrite = Readonly<{
  at: number
  answeredAt: number
  method: 'POST' | 'PATCH'
  channel: string
  message: string | undefined
  content: string | undefined
  status: number
  isAccepted: boolean
  /** Met by the weather. */
  isStruck: boolean
  /** What is left in its bucket after it, and until when; none when a limit above the buckets refused it. */
  bucket: Readonly<{ remaining: number; resetAt: number }> | undefined
}>
