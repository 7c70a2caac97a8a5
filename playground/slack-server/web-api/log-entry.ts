import type { Json } from '#playground/slack-server/world/json.ts'

/** One call as it was met: what was asked with whose token, and what became of it. */
export type LogEntry = Readonly<{
  /** Arrival and answer, in milliseconds since 1970. */
  at: number
  answeredAt: number
  method: string
  /** The workspace of the channel or person it was about, as far as one was named. */
  teamId: string | undefined
  /** The workspace whose token it carried; undefined for the app's own and for none. */
  tokenTeamId: string | undefined
  channelId: string | undefined
  /** The message it was about, or that it made. */
  ts: string | undefined
  /** All arguments but the token. */
  args: Json
  /** 0 when the connection was broken instead of answered. */
  status: number
  /** Slack's word of a refusal. */
  error: string | undefined
  /** What Retry-After said. */
  retryAfterS: number | undefined
  /** Whether it was carried out, whatever the client got to know of it. */
  accepted: boolean
  /** One team's token went out with another's call. */
  leak: boolean
  fault: string | undefined
}>
