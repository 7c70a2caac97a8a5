import { PermissionFlagsBits } from 'discord.js'
import { z } from 'zod'
import { discordPermissions } from '#src/commands/manifest/discord-invite.ts'
import type { Config } from '#src/config.ts'
import { type Answered, askPlatform, clockAheadSeconds, NoAnswer } from './ask-platform.ts'
import { lookAtClock } from './clock.ts'
import { type Finding, fault, ok, warning } from './finding.ts'

type Parts = Readonly<{
  discord: NonNullable<Config['discord']>
  /** People are learnt about, and whether they are asked before. */
  learning: Config['learning']['mode']
}>

const portal = 'In the developer portal (https://discord.com/developers/applications, your application)'
/** Either says that the switch is on; the second one is what small bots have. */
const messageContentFlags = (1 << 18) | (1 << 19)
/** Discord resets the token of a bot that uses all starts of a day. */
const fewStarts = 50
const guildsLookedAt = 200

const applicationSchema = z.looseObject({
  id: z.string(),
  name: z.string(),
  flags: z.number().optional(),
  bot_public: z.boolean().optional(),
})
const guildsSchema = z.array(z.looseObject({ id: z.string(), name: z.string(), permissions: z.string().optional() }))
const gatewaySchema = z.looseObject({
  session_start_limit: z.looseObject({ remaining: z.number(), reset_after: z.number() }),
})

/** The token, the intents, and what the bot may do on each server. Asks, and changes nothing. */
export async function* lookAtDiscord({ discord: { token, apiUrl }, learning }: Parts, signal: AbortSignal) {
  const ask = (route: string) => askPlatform(`${apiUrl}/v10${route}`, `Bot ${token}`, 'GET', signal)
  try {
    const answered = await ask('/applications/@me')
    const application = applicationSchema.safeParse(answered.body)
    if (answered.status !== 200 || !application.success) {
      yield refused(answered, apiUrl)
      return
    }
    const { name, flags = 0, bot_public: isPublic } = application.data
    yield ok('discord token', `it is that of ${name}`)
    yield lookAtClock('discord', clockAheadSeconds(answered))
    yield lookAtIntents(flags)
    if (isPublic) yield publicApp(learning)
    yield* lookAtGuilds((await ask(`/users/@me/guilds?limit=${guildsLookedAt}`)).body)
    yield* lookAtStarts((await ask('/gateway/bot')).body)
  } catch (error) {
    if (!(error instanceof NoAnswer)) throw error
    const cure = 'Check the network, a proxy, a firewall, and DISCORD_API_URL.'
    yield fault('discord', `nobody answers at ${apiUrl} (${error.message})`, cure)
  }
}

function refused({ status }: Answered, apiUrl: string): Finding {
  if (status === 401) {
    const cure = `${portal}: Bot, Reset Token, and set the new one as DISCORD_TOKEN.`
    return fault('discord token', 'DISCORD_TOKEN was refused', cure)
  }
  if (status === 200 || status === 404) {
    const cure = 'Leave DISCORD_API_URL out, or give it without a version, as in https://discord.com/api.'
    return fault('discord', `what answers at ${apiUrl} is not Discord's API (${status})`, cure)
  }
  const cure = 'Wait some minutes and look again; https://discordstatus.com tells of troubles.'
  return fault('discord', `${apiUrl} answers with status ${status}`, cure)
}

function lookAtIntents(flags: number): Finding {
  const name = 'discord intents'
  if ((flags & messageContentFlags) !== 0) return ok(name, 'Message Content is on')
  const told = 'Message Content is off: in threads Aeries answers only when mentioned'
  return warning(name, told, `${portal}: Bot, Privileged Gateway Intents, switch Message Content Intent on.`)
}

/**
 * Anybody may bring it onto their server, and so hands words of people there to whoever runs it. Rules 15 and 16 of the policy
 * (https://support-dev.discord.com/hc/articles/8563934450327).
 */
function publicApp(learning: Parts['learning']): Finding {
  const close = `${portal}: Installation, Install Link None, then Bot, Public Bot off`
  if (learning === 'on') {
    const rule =
      "Discord's Developer Policy forbids to profile people, and any use of their data that they were not told of"
    const told = `anybody may invite this bot, and it learns about people without asking them; ${rule}`
    const tell = 'and say in its description and its privacy policy there that it learns, and what of'
    return warning('discord public', told, `Set LEARNING=ask, ${tell}. Or keep the bot to yourself. ${close}.`)
  }
  const told = "anybody may invite this bot: Discord's Developer Policy holds you to it for people whom you do not know"
  const link = 'Or link a privacy policy there that says what is kept, and how it is forgotten.'
  return warning('discord public', told, `${close}. ${link}`)
}

function* lookAtGuilds(body: unknown): Iterable<Finding> {
  const name = 'discord permissions'
  const { success, data: guilds } = guildsSchema.safeParse(body)
  if (!success) return
  if (guilds.length === 0) {
    yield warning(
      name,
      'the bot is on no server',
      'Open the link of npm run manifest -- discord; DMs need a server in common.',
    )
    return
  }
  const lacking = guilds.flatMap(({ id, permissions }) => {
    const missing = missingOf(permissions)
    return missing.length > 0 ? [{ id, missing }] : []
  })
  for (const { id, missing } of lacking) {
    const cure = `Open the link of npm run manifest -- discord once more for it, or give Aeries' role these permissions.`
    yield warning(name, `on the server ${id} it may not: ${missing.join(', ')}`, cure)
  }
  if (lacking.length === 0)
    yield ok(
      name,
      `all that it needs, on ${guilds.length === 1 ? 'its server' : `${guilds.length} servers`}; a channel may still take some away`,
    )
}

/** Of a server that tells no permissions nothing is missing. */
function missingOf(permissions: string | undefined): readonly string[] {
  if (permissions === undefined) return []
  const has = BigInt(permissions)
  if ((has & PermissionFlagsBits.Administrator) !== 0n) return []
  return discordPermissions.filter(name => (has & PermissionFlagsBits[name]) === 0n)
}

function* lookAtStarts(body: unknown): Iterable<Finding> {
  const { success, data } = gatewaySchema.safeParse(body)
  if (!success) return
  const { remaining, reset_after: ms } = data.session_start_limit
  const told = `${remaining} starts are left for the next ${Math.ceil(ms / 3_600_000)} h`
  const cure = 'See that nothing restarts Aeries over and over, and that no other program uses its token.'
  if (remaining === 0) yield fault('discord starts', told, cure)
  else yield remaining < fewStarts ? warning('discord starts', told, cure) : ok('discord starts', told)
}
