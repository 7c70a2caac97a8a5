import { refuse } from '#playground/discord-server/world/api-error.ts'
import { overwriteCommands } from '#playground/discord-server/world/application-commands.ts'
import { type Call, param, type Route, route } from './route.ts'

const path = '/applications/:application/commands'

/** The commands of the application, wherever it is: what there are, and all of them anew. */
export const commandRoutes: readonly Route[] = [
  route('GET', path, call => {
    demandOwn(call)
    return { status: 200, body: call.world.application.commands }
  }),
  route('PUT', path, call => {
    demandOwn(call)
    return { status: 200, body: overwriteCommands(call.world, call.json) }
  }),
]

function demandOwn(call: Call): void {
  if (param(call, 'application') !== call.world.application.id) throw refuse.missingAccess()
}
