import { DiscordjsError, DiscordjsErrorCodes, GatewayCloseCodes } from 'discord.js'
import { ConfigError, DefectError } from '#src/core/errors.ts'

/** How a try to get in touch ended; `closed` with a code after which discord.js does not try again. */
export type Attempt =
  | Readonly<{ type: 'ready' }>
  | Readonly<{ type: 'closed'; code: number }>
  | Readonly<{ type: 'failed'; error: unknown }>

type Failure = Exclude<Attempt, { type: 'ready' }>

export const tokenRefused =
  'DISCORD_TOKEN was refused: reset it in the developer portal (your application, Bot, Reset Token) and set the new one'

/** What no patience mends. */
export function fatalError(attempt: Failure): Error | undefined {
  if (attempt.type === 'failed') {
    const invalid = attempt.error instanceof DiscordjsError && attempt.error.code === DiscordjsErrorCodes.TokenInvalid
    return invalid ? new ConfigError(tokenRefused, { cause: attempt.error }) : undefined
  }
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

export function causeOf(attempt: Failure): string {
  if (attempt.type === 'closed') return `the gateway closed with ${attempt.code}`
  // Errors of a login are the library's and the network's own words: no request of it carries what people wrote.
  return attempt.error instanceof Error ? attempt.error.message : 'unknown'
}
