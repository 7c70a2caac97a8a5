import { z } from 'zod'
import { address } from './addresses.ts'
import { secret, whole } from './setting-forms.ts'

/** Some copy it with the scheme that stands before it in a header. */
const botToken = z
  .string()
  .transform(token => token.replace(/^Bot\s+/i, ''))
  .pipe(secret)

/** The settings of Discord, as they stand in the environment. */
export const discordSettings = {
  DISCORD_TOKEN: botToken.optional(),
  DISCORD_API_URL: address.default('https://discord.com/api'),
  DISCORD_REQUESTS_PER_SECOND: whole(10, 10_000).default(50),
}

type DiscordSettings = z.output<z.ZodObject<typeof discordSettings>>

export type DiscordConfig = Readonly<{ token: string; apiUrl: string; requestsPerSecond: number }>

/** `undefined`: Discord is off. */
export function arrangeDiscord(settings: DiscordSettings): DiscordConfig | undefined {
  const { DISCORD_TOKEN: token, DISCORD_API_URL: apiUrl, DISCORD_REQUESTS_PER_SECOND: requestsPerSecond } = settings
  return token === undefined ? undefined : { token, apiUrl, requestsPerSecond }
}
