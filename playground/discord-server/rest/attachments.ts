import type { ServerResponse } from 'node:http'
import type { World } from '#playground/discord-server/world/world.ts'

/** Gives an uploaded file, as Discord's CDN does. */
export function serveAttachment(world: World, path: string, response: ServerResponse): void {
  const [, , , id = ''] = path.split('?')[0]?.split('/') ?? []
  const file = world.files.get(id)
  if (!file) {
    response.writeHead(404).end()
    return
  }
  response.writeHead(200, { 'content-type': file.contentType, 'content-length': file.bytes.length }).end(file.bytes)
}
