import type { Clock } from '#src/core/clock.ts'
import type { InstallationStore } from '#src/core/installations.ts'
import type { Log } from '#src/core/log.ts'
import type { DmStyle } from './scene.ts'

/** One workspace by its bot token, or as many as install the app. */
export type SlackAccess =
  | Readonly<{ type: 'token'; botToken: string }>
  | Readonly<{
      type: 'oauth'
      clientId: string
      clientSecret: string
      stateSecret: string
      installations: InstallationStore
    }>

/** How events come: over lines that we open, or to an address of ours, signed. */
export type SlackDelivery =
  | Readonly<{ type: 'socket'; appToken: string }>
  | Readonly<{ type: 'http'; signingSecret: string }>

export type SlackParts = Readonly<{
  /** `https://slack.com/api/` */
  apiUrl: string
  access: SlackAccess
  delivery: SlackDelivery
  /** Where events by HTTP and installations come in; 0 takes a free one. */
  port: number
  /** How DMs are answered; left open, each by what is found out about it. */
  dmStyle: DmStyle | undefined
  /** Where answers go through native streams: others than the asker see the beginning of one only, until it ends. */
  nativeStream: 'dm' | 'all' | 'off'
  log: Log
  clock: Clock
  timing?: Partial<Timing> | undefined
}>

export type Timing = Readonly<{
  requestMs: number
  helloMs: number
  pingMs: number
  gapMs: number
  rotateStreamMs: number
}>

export const usualTiming: Timing = {
  /** A request without an answer: longer than Slack takes for anything. */
  requestMs: 10_000,
  /** A line that opens and does not greet: Slack does within a round trip, the library would wait for ever. */
  helloMs: 10_000,
  /** A line without a pong. */
  pingMs: 5_000,
  /** Without a line for longer, events may be lost: what no line takes Slack tells at once again, and then much later. */
  gapMs: 3_000,
  /** Streams were seen to expire after minutes. */
  rotateStreamMs: 240_000,
}
