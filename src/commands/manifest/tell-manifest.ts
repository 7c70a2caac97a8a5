import { parseArgs } from 'node:util'
import { ConfigError } from '#src/core/errors.ts'
import { loadDotEnv } from '#src/load-dot-env.ts'
import { readSecret } from '#src/secret-files.ts'
import { discordInvite } from './discord-invite.ts'
import { slackManifest } from './slack-manifest.ts'

/** What was asked for on the command line. A `ConfigError` tells what is wrong with it. */
export function tellManifest(args: readonly string[]): string {
  const { url, platform } = readArgs(args)
  if (platform === 'slack') {
    if (url !== undefined) checkAddress(url)
    return `${JSON.stringify(slackManifest(url), undefined, 2)}\n`
  }
  if (platform !== 'discord') throw new ConfigError(usage)
  if (url !== undefined) throw new ConfigError('--url is for Slack: Discord needs no address of ours. Leave it out.')
  loadDotEnv()
  return discordInvite(readSecret(process.env, 'DISCORD_TOKEN'))
}

function readArgs(args: readonly string[]): Readonly<{ url: string | undefined; platform: string | undefined }> {
  try {
    const { values, positionals } = parseArgs({ args, options: { url: { type: 'string' } }, allowPositionals: true })
    const [platform, ...others] = positionals
    return { url: values.url, platform: others.length === 0 ? platform : undefined }
  } catch (error) {
    // "Unknown option '--ulr'. ...": the first sentence is the cause.
    const cause = error instanceof Error ? error.message.split('. ')[0] : String(error)
    throw new ConfigError(`${cause}. ${usage}`, { cause: error })
  }
}

/** Slack sends events and people to it, and takes nothing but https. */
function checkAddress(url: string): void {
  const address = URL.canParse(url) ? new URL(url) : undefined
  const isBare = address?.search === '' && address.hash === '' && address.username === '' && address.password === ''
  if (address?.protocol === 'https:' && isBare && !/[?#]$/.test(url)) return
  throw new ConfigError(
    `--url: "${url.replace(/\/\/.*@/s, '//…@')}" will not do: Slack needs the address at which it reaches Aeries, beginning with https:// and without a user, a question mark or a #, like https://aeries.example. Leave it out for Socket Mode, which needs none.`,
  )
}

const usage =
  'Which platform? npm run manifest -- slack prints the manifest for a new Slack app (with --url https://… for events by HTTP and installations by OAuth), npm run manifest -- discord the link that invites the bot.'
