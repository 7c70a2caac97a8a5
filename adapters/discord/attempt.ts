import { validateHeaderValue } from 'node:http'
import { DiscordAPIError, DiscordjsError, DiscordjsErrorCodes, GatewayCloseCodes, HTTPError } from 'discord.js'
import { ConfigError, DefectError } from '#src/core/errors.ts'
import { faultOf } from './outcomes.ts'

/** How a try to get in touch ended; `closed` with a code after which discord.js does not try again. */
export type Attempt =
  | Readonly<{ type: 'ready' }>
  | Readonly<{ type: 'closed'; code: number }>
  | Readonly<{ type: 'failed'; error: unknown }>

type Failure = Exclude<Attempt, { type: 'ready' }>

export const tokenRefused =
  'DISCORD_TOKEN was refused: reset it in the developer portal (your application, Bot, Reset Token) and set the new one'

/** No request can carry a token with letters that no header takes, so Discord never gets to refuse it. */
export function faultOfToken(token: string): Error | undefined {
  try {
    validateHeaderValue('authorization', token)
    return undefined
  } catch (error) {
    return new ConfigError(tokenRefused, { cause: error })
  }
}

/** What no patience mends. */
export function fatalError(attempt: Failure): Error | undefined {
  if (attempt.type === 'failed') return fatalFailure(attempt.error)
  switch (attempt.code) {
    case GatewayCloseCodes.AuthenticationFailed:
      return new ConfigError(tokenRefused)
    case GatewayCloseCodes.DisallowedIntents:
    case GatewayCloseCodes.InvalidIntents:
      return new DefectError(`Discord refuses the intents that Aeries asks for (${attempt.code})`)
    case GatewayCloseCodes.InvalidShard:
    case GatewayCloseCodes.ShardingRequired:
    case GatewayCloseCodes.InvalidAPIVersion:
      return new DefectError(`Discord does not take this way of connecting any more (${attempt.code}): update Aeries`)
    default:
      return undefined
  }
}

function fatalFailure(error: unknown): Error | undefined {
  if (error instanceof DiscordjsError && error.code === DiscordjsErrorCodes.TokenInvalid) {
    return new ConfigError(tokenRefused, { cause: error })
  }
  // Discord itself always knows this way, so somebody else answers there.
  if (error instanceof DiscordAPIError && error.status === 404) {
    return new ConfigError(
      `DISCORD_API_URL is wrong: there is no Discord API at ${placeOf(error.url)} (404). Leave it out for Discord itself, or give the address without a version, as in https://discord.com/api`,
      { cause: faultOf(error) },
    )
  }
  return undefined
}

/** Until when Discord opens no session for this bot, when that is what a login failed of. */
export function heldUntil(attempt: Failure): Date | undefined {
  if (attempt.type !== 'failed' || !(attempt.error instanceof Error)) return undefined
  const [, until = ''] = /^Not enough sessions remaining .*resets at (\S+)$/.exec(attempt.error.message) ?? []
  return Number.isNaN(Date.parse(until)) ? undefined : new Date(until)
}

/** What an operator reads when a day's session starts are used up. */
export function noSessionsLeft(until: Date): string {
  return `Discord opens no more sessions for this bot before ${until.toISOString()}, since it opened too many of late: see that no other program uses its token and that nothing restarts Aeries over and over. Until then it waits`
}

export function causeOf(attempt: Failure): string {
  if (attempt.type === 'closed') return `the gateway closed with ${attempt.code}`
  const held = heldUntil(attempt)
  if (held !== undefined) return noSessionsLeft(held)
  // Often a proxy's answer, of which the library says only "No Description".
  if (attempt.error instanceof DiscordAPIError || attempt.error instanceof HTTPError) {
    return `${placeOf(attempt.error.url)} answers with status ${attempt.error.status}`
  }
  // Other errors of a login are the library's and the network's own words: no request of it carries what people wrote.
  return attempt.error instanceof Error ? attempt.error.message : 'unknown'
}

/** An address without a user and a password that may stand in it. */
function placeOf(url: string): string {
  const { origin, pathname } = new URL(url)
  return `${origin}${pathname}`
}
