import type { Json } from '#playground/slack-server/world/json.ts'

/** An event as the Events API knows it, before anybody asked whether the app may hear it. */
export type SlackEvent = Readonly<{
  /** The workspace by which the app hears of it. */
  teamId: string
  /** The workspace where it happened: the author's. */
  originTeamId: string
  /** The name to subscribe to (`message.im`), and the scope that it takes. */
  subscription: string
  scope: string | undefined
  external: boolean
  event: Json
}>
