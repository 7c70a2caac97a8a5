import { App, AuthorizationError, type AuthorizeResult, type Receiver } from '@slack/bolt'
import type { Log } from '#src/core/log.ts'
import { boltLogger } from './bolt-logger.ts'
import { eventTypes } from './subscriptions.ts'
import type { Workspace } from './workspace.ts'

export type BoltParts = Readonly<{
  apiUrl: string
  log: Log
  workspace: (team: string) => Promise<Workspace | undefined>
  /** An event or a click, acknowledged already. */
  onBody: (body: unknown) => void
}>

/** The token is for Bolt's own clients, which nobody uses; it never leaves for another workspace than the event's. */
type Authorized = Pick<AuthorizeResult, 'botToken' | 'botId' | 'botUserId' | 'teamId'>

/**
 * Bolt between the doors and the adapter: it acknowledges, before anything is done. Its own store of conversations and
 * its filter of our own messages are off: the one forgets nothing, the other hides what tells that a post arrived.
 */
export function createBoltApp({ apiUrl, log, workspace, onBody }: BoltParts): App {
  const app = new App({
    receiver: doorless,
    logger: boltLogger(log),
    convoStore: false,
    ignoreSelf: false,
    clientOptions: { slackApiUrl: apiUrl, retryConfig: { retries: 2 }, rejectRateLimitedCalls: true, timeout: 10_000 },
    authorize: async ({ teamId }): Promise<Authorized> => {
      const found = teamId === undefined ? undefined : await workspace(teamId)
      if (found === undefined) {
        log.warn({ team: teamId, cure: 'install the app there again' }, 'slack told of a workspace without Aeries')
        throw new Error('no installation')
      }
      const { team, self, botId } = found
      return { teamId: team, botUserId: self, ...(botId !== undefined && { botId }) }
    },
  })
  for (const type of eventTypes) app.event(type, async ({ body }) => onBody(body))
  app.action(/.*/, async ({ ack, body }) => {
    await ack()
    onBody(body)
  })
  const acknowledged = async ({ ack, body }: Readonly<{ ack: () => Promise<void>; body: unknown }>) => {
    await ack()
    onBody(body)
  }
  app.command(/.*/, acknowledged)
  app.shortcut(/.*/, acknowledged)
  app.view(/.*/, acknowledged)
  app.error(async error => {
    // What failed there has been told where it was decided.
    if (!(error instanceof AuthorizationError)) log.error({ err: error }, 'a slack event was not understood')
  })
  return app
}

/** The doors are built by hand, so that each of them can be closed and opened by itself. */
const doorless: Receiver = {
  init: () => undefined,
  start: async () => undefined,
  stop: async () => undefined,
}
