import type { Clock } from '#src/core/clock.ts'
import { ConfigError } from '#src/core/errors.ts'
import type { Log } from '#src/core/log.ts'
import { faultOf } from './faults.ts'
import { SlackApi } from './slack-api.ts'
import { botScopes } from './subscriptions.ts'
import { authSchema } from './wire.ts'
import type { Identity } from './workspace.ts'

type Parts = Readonly<{ token: string; apiUrl: string; log: Log; clock: Clock; timeoutMs: number | undefined }>

const firstRetryMs = 1_000
const longestRetryMs = 30_000

/** Asks Slack whose the token is, for as long as it takes to get an answer. A refused one is a `ConfigError`. */
export async function identityOf(parts: Parts, signal: AbortSignal): Promise<Identity> {
  const { token, log, clock } = parts
  const api = new SlackApi({ ...parts, onTokenRefused: () => undefined })
  for (let wait = firstRetryMs; ; wait = Math.min(2 * wait, longestRetryMs)) {
    try {
      const told = authSchema.parse(await api.call('auth.test', {}, signal))
      noteMissing(told.response_metadata?.scopes ?? [], log)
      const { team_id: team, user_id: self, bot_id: botId, enterprise_id: enterprise } = told
      return { team, self, token, botId: botId ?? undefined, enterprise: enterprise ?? undefined }
    } catch (error) {
      signal.throwIfAborted()
      const { refused, error: word = 'no answer', retryAfterMs } = faultOf(error)
      if (refused) throw new ConfigError(botTokenRefused(word), { cause: error })
      log.warn({ cause: word, retryInMs: retryAfterMs ?? wait }, 'slack is not reachable')
      await clock.sleep(retryAfterMs ?? wait, signal)
    }
  }
}

export function botTokenRefused(word: string): string {
  return `SLACK_BOT_TOKEN was refused (${word}): at api.slack.com/apps open your app, OAuth & Permissions, install it to the workspace again and set the new Bot User OAuth Token`
}

/** Aeries works without some of them, but not as it should, and Slack would only say so in the middle of a talk. */
function noteMissing(granted: readonly string[], log: Log): void {
  const missing = botScopes.filter(scope => !granted.includes(scope))
  if (granted.length === 0 || missing.length === 0) return
  const cure = 'take the manifest of npm run manifest -- slack and install the app again'
  log.warn({ missing, cure }, 'slack lets Aeries do less than it should')
}
