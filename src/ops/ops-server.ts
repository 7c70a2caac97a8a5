import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Alarms } from './alarms.ts'
import { type InsideParts, tellInside } from './inside-door.ts'
import type { Metrics } from './metrics.ts'
import type { Readiness } from './readiness.ts'

export type OpsServerParts = Readonly<{
  host: string
  /** 0 takes a free one. */
  port: number
  readiness: Readiness
  alarms: Alarms
  metrics: Metrics
  /** What happens inside, if it may be watched. */
  inside?: InsideParts | undefined
}>

export type OpsServer = AsyncDisposable & Readonly<{ url: string }>

/** `/healthz`: the process answers. `/readyz`: it can answer people. `/metrics`: how it goes. `/inside`, if it may be watched. Rejects when the address is taken. */
export async function startOpsServer(parts: OpsServerParts): Promise<OpsServer> {
  const { host, port } = parts
  const server = createServer((request, response) => {
    answer(parts, request, response).catch(() => respond(response, 500, 'text/plain', 'a fault of its own\n'))
  })
  await listen(server, host, port)
  // It keeps no process alive that has nothing else to do.
  server.unref()
  const { port: taken } = server.address() as AddressInfo
  return {
    url: `http://${host.includes(':') ? `[${host}]` : host}:${taken}`,
    async [Symbol.asyncDispose]() {
      const closed = new Promise<void>(resolve => server.close(() => resolve()))
      server.closeAllConnections()
      await closed
    },
  }
}

function listen(server: Server, host: string, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen({ host, port }, () => {
      server.off('error', reject)
      resolve()
    })
  })
}

async function answer(parts: OpsServerParts, request: IncomingMessage, response: ServerResponse) {
  const { method, url } = request
  const path = url?.split('?')[0]
  if (method !== 'GET' && method !== 'HEAD') return respond(response, 405, 'text/plain', 'GET or HEAD only\n')
  if (path === '/inside' && method === 'GET' && parts.inside) return tellInside(parts.inside, request, response)
  switch (path) {
    case '/healthz':
      return respond(response, 200, 'text/plain', 'ok\n')
    case '/readyz':
      return await tellReadiness(parts, response)
    case '/metrics':
      return respond(response, 200, parts.metrics.contentType, await parts.metrics.page())
    default:
      return respond(response, 404, 'text/plain', 'There are /healthz, /readyz and /metrics.\n')
  }
}

async function tellReadiness({ readiness, alarms }: OpsServerParts, response: ServerResponse): Promise<void> {
  const checks = await readiness.look()
  const ready = checks.every(({ state }) => state === 'ok')
  const body = JSON.stringify({ ready, checks, alarms: alarms.raised }, undefined, 2)
  respond(response, ready ? 200 : 503, 'application/json', `${body}\n`)
}

function respond(response: ServerResponse, status: number, type: string, body: string): void {
  response.writeHead(status, { 'content-type': type, 'cache-control': 'no-store' }).end(body)
}
