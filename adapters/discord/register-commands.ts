import { type APIUser, DiscordAPIError, Routes } from 'discord.js'
import type { Clock } from '#src/core/clock.ts'
import type { CommandSpec } from '#src/core/command.ts'
import type { Log } from '#src/core/log.ts'
import { commandPayload, isRegistered } from './command-payload.ts'
import type { DiscordApi } from './discord-api.ts'
import { faultOf } from './outcomes.ts'
import { patiently } from './patiently.ts'

type Parts = Readonly<{ api: DiscordApi; clock: Clock; log: Log }>

/**
 * Tells Discord of the commands, if it has others: registering is counted, and makes clients load them anew. Takes its time; without it
 * people write `aeries VERB`.
 */
export async function registerCommands(
  { api, clock, log }: Parts,
  application: APIUser['id'],
  specs: readonly CommandSpec[],
  signal: AbortSignal,
): Promise<void> {
  const route = Routes.applicationCommands(application)
  const body = commandPayload(specs)
  try {
    const { body: there } = await patiently(() => api.call({ method: 'GET', route }, signal), clock, signal)
    if (isRegistered(there, body)) return
    await patiently(() => api.call({ method: 'PUT', route, body }, signal), clock, signal)
    log.info({ commands: body.length }, 'discord was told of the commands')
  } catch (error) {
    if (!(error instanceof DiscordAPIError)) throw error
    const cure =
      'invite the bot again with the link of npm run manifest -- discord; until then people write "aeries help"'
    log.warn({ fault: faultOf(error), cure }, 'discord took no commands')
  }
}
