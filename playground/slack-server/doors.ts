import type { IncomingMessage, ServerResponse } from 'node:http'
import type { createControlServer } from './control/control-server.ts'
import type { ResponseUrls } from './control/response-urls.ts'
import type { OAuth } from './web-api/oauth.ts'
import { readBody } from './web-api/read-body.ts'
import { serveFile, takeUpload } from './web-api/serve-files.ts'
import type { WebApi } from './web-api/web-api.ts'
import { Refusal } from './world/refusal.ts'
import type { World } from './world/world.ts'

export type Doors = Readonly<{
  world: World
  webApi: WebApi
  control: ReturnType<typeof createControlServer>
  oauth: OAuth
  responseUrls: ResponseUrls
  /** Where an installation ends when its link names no address. */
  redirectUrl: string | undefined
}>

/** Leads a request to its door. A fault of this server's own looks like one of Slack's. */
export async function serve(doors: Doors, request: IncomingMessage, response: ServerResponse): Promise<void> {
  try {
    await lead(doors, request, response)
  } catch (error) {
    if (response.headersSent) response.destroy()
    else response.writeHead(500, { 'content-type': 'text/plain' }).end(String(error))
  }
}

async function lead(doors: Doors, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const url = new URL(request.url ?? '/', 'http://localhost')
  const { pathname } = url
  if (pathname.startsWith('/api/')) await doors.webApi.handle(request, response, pathname.slice('/api/'.length))
  else if (pathname.startsWith('/__control/')) await doors.control.handle(request, response)
  else if (pathname.startsWith('/response/'))
    await answer(doors, request, response, pathname.slice('/response/'.length))
  else if (pathname.startsWith('/files-pri/')) serveFile(doors.world, request, response)
  else if (pathname.startsWith('/upload/')) await takeUpload(doors.world, request, response)
  else if (pathname === '/oauth/v2/authorize') authorize(doors, url.searchParams, response)
  else response.writeHead(404).end()
}

async function answer(
  { responseUrls }: Doors,
  request: IncomingMessage,
  response: ServerResponse,
  id: string,
): Promise<void> {
  try {
    responseUrls.answer(id, (await readBody(request)).fields)
    response.writeHead(200, { 'content-type': 'text/plain' }).end('ok')
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    const body = JSON.stringify({ ok: false, error: error.error })
    response.writeHead(404, { 'content-type': 'application/json' }).end(body)
  }
}

function authorize({ oauth, redirectUrl }: Doors, query: URLSearchParams, response: ServerResponse): void {
  const target = oauth.authorize(query, redirectUrl)
  if (target) response.writeHead(302, { location: target.href }).end()
  else response.writeHead(400, { 'content-type': 'text/plain' }).end('There is no redirect_uri to go to')
}
