import type { IncomingMessage, ServerResponse } from 'node:http'
import type { World } from '#playground/slack-server/world/world.ts'
import { readBody } from './read-body.ts'

/**
 * A file by its private address. Without a good token of its workspace the answer is a sign-in page with status 200:
 * whoever does not look takes it for the file.
 */
export function serveFile(world: World, request: IncomingMessage, response: ServerResponse): void {
  const id = /^\/files-pri\/[^/]*-(F[^/]+)\//.exec(request.url ?? '')?.[1] ?? ''
  const file = world.files.get(id)
  const bearer = /^Bearer\s+(.+)$/i.exec(request.headers.authorization ?? '')?.[1] ?? ''
  const token = world.tokens.get(bearer)
  if (!file) response.writeHead(404).end()
  else if (token?.state !== 'good' || !token.scopes.includes('files:read')) {
    response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' }).end('<html><body>Sign in</body></html>')
  } else response.writeHead(200, { 'content-type': file.mimetype }).end(file.content)
}

/** Takes the bytes of an upload; the address is the permission. */
export async function takeUpload(world: World, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const id = (request.url ?? '').split('/').at(-1) ?? ''
  const { fields, bytes } = await readBody(request)
  const file = world.files.get(id)
  if (!file) {
    response.writeHead(404).end()
    return
  }
  const { body } = fields
  const content = typeof body === 'string' ? Buffer.from(body) : bytes
  world.files.set(id, { ...file, content })
  response.writeHead(200, { 'content-type': 'text/plain' }).end(`OK - ${content.length}`)
}
