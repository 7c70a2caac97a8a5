import { existsSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { discordInvite } from './manifest/discord-invite.ts'
import { slackManifest } from './manifest/slack-manifest.ts'

/** `npm run manifest -- slack [--url https://aeries.example]` or `npm run manifest -- discord`. Exit code 1: asked for neither. */

process.exitCode = main(process.argv.slice(2))

function main(args: readonly string[]): number {
  const { values, positionals } = parseArgs({ args, options: { url: { type: 'string' } }, allowPositionals: true })
  const [platform] = positionals
  if (platform === 'slack' && (values.url === undefined || URL.canParse(values.url))) {
    process.stdout.write(`${JSON.stringify(slackManifest(values.url), undefined, 2)}\n`)
    return 0
  }
  if (platform === 'discord') {
    if (existsSync('.env')) process.loadEnvFile('.env')
    process.stdout.write(discordInvite(process.env['DISCORD_TOKEN'] || undefined))
    return 0
  }
  process.stderr.write(
    'Which platform? npm run manifest -- slack prints the manifest for a new Slack app (with --url https://… for events by HTTP and installations by OAuth), npm run manifest -- discord the link that invites the bot.\n',
  )
  return 1
}
