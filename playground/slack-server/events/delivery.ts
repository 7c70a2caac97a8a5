import type { Json } from '#playground/slack-server/world/json.ts'

export type DeliveryKind = 'events_api' | 'slash_commands' | 'interactive'

/** How one try ended; the refusals are Slack's words in `X-Slack-Retry-Reason` and `retry_reason`. */
export type Outcome = 'acknowledged' | 'timeout' | 'connection_failed' | 'http_error'

export type Attempt = Readonly<{
  /** From 0; the number that `X-Slack-Retry-Num` and `retry_attempt` carry. */
  number: number
  at: number
  tookMs: number
  /** The socket's name, or `http`. */
  via: string | undefined
  outcome: Outcome
}>

/** One thing that the app is told: with every try of it, and what it answered. */
export type Delivery = Readonly<{
  /** The envelope's id. */
  id: string
  kind: DeliveryKind
  /** The event's subscription (`message.im`), the command, or the kind of interaction. */
  name: string
  teamId: string
  payload: Json
  at: number
  attempts: readonly Attempt[]
  state: 'waiting' | 'acknowledged' | 'failed'
  /** What the acknowledgement carried. */
  answer: Json | undefined
}>

/** One try as it goes out. */
export type Envelope = Readonly<{
  id: string
  kind: DeliveryKind
  payload: Json
  retry: Readonly<{ number: number; reason: Outcome }> | undefined
}>

export type Told = Readonly<{ outcome: Outcome; via: string | undefined; answer?: Json; noRetry?: boolean }>

/** A way to the app: a socket, or its web address. It never throws. */
export interface Transport {
  tell(envelope: Envelope): Promise<Told>
}
