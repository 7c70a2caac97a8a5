import { channelRoutes } from './channel-routes.ts'
import { commandRoutes } from './command-routes.ts'
import { directoryRoutes } from './directory-routes.ts'
import { interactionRoutes } from './interaction-routes.ts'
import { messageRoutes } from './message-routes.ts'
import { reactionRoutes } from './reaction-routes.ts'
import type { Route } from './route.ts'

type Match = Readonly<{ route: Route; params: Readonly<Record<string, string>> }>

const routes = [
  ...directoryRoutes,
  ...channelRoutes,
  ...messageRoutes,
  ...reactionRoutes,
  ...interactionRoutes,
  ...commandRoutes,
]

const compiled = routes.map(route => ({
  route,
  pattern: new RegExp(`^${route.template.replace(/:(\w+)/g, '(?<$1>[^/]+)')}$`),
}))

/** Finds the route of a request by its path below the API's version. */
export function findRoute(method: string, path: string): Match | undefined {
  for (const { route, pattern } of compiled) {
    const match = route.method === method ? pattern.exec(path) : null
    if (match) return { route, params: decoded(match.groups ?? {}) }
  }
  return undefined
}

function decoded(groups: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(groups).map(([name, value]) => [name, decodeURIComponent(value)]))
}
