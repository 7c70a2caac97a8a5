import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { z } from 'zod'
import { type PageEvent, weatherActs } from '#playground/page/wire.ts'
import type { Stage } from '#playground/stage.ts'
import { isOwnPage } from '#playground/stand-in/is-own-page.ts'
import { closeServer, listenOnLoopback } from '#playground/stand-in/loopback.ts'
import type { PageFile } from './build-page.ts'
import type { PageFeed } from './page-feed.ts'
import { controlOf, handOn, serveFile } from './stand-ins.ts'

type PageParts = Readonly<{ stage: Stage; feed: PageFeed; files: Promise<ReadonlyMap<string, PageFile>>; port: number }>

export type PageServer = AsyncDisposable & Readonly<{ url: string }>

/** What the page may do: run its own script and talk to this server, nothing else. */
const policy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data:",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ')

const headers = {
  'content-security-policy': policy,
  'cross-origin-resource-policy': 'same-origin',
  'cross-origin-opener-policy': 'same-origin',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
  'cache-control': 'no-store',
}

const keepAliveMs = 15_000
const mostBytes = 16 * 1024 * 1024
/** A page that does not read is cut off rather than remembered for; it comes back by itself. */
const mostUnread = 16 * 1024 * 1024

const weatherCall = z.object({ act: z.enum(weatherActs), platform: z.enum(['discord', 'slack']).default('discord') })

/** Serves the page on loopback, tells it what happens, and hands on what it does. Rejects when the port is taken. */
export async function startPageServer(parts: PageParts): Promise<PageServer> {
  const closing = new AbortController()
  const server = createServer((request, response) => {
    answer(parts, request, response, closing.signal).catch((error: unknown) => complain(response, error))
  })
  return {
    url: await listenOnLoopback(server, parts.port),
    async [Symbol.asyncDispose]() {
      closing.abort()
      await closeServer(server)
    },
  }
}

async function answer(
  { stage, feed, files }: PageParts,
  request: IncomingMessage,
  response: ServerResponse,
  closing: AbortSignal,
): Promise<void> {
  for (const [name, value] of Object.entries(headers)) response.setHeader(name, value)
  if (!isOwnPage(request)) return tell(response, 403, { error: 'This page answers only to its own host and origin' })
  const { pathname } = new URL(request.url ?? '/', 'http://page')
  const [, room = '', name = ''] = pathname.split('/')
  if (request.method === 'GET') {
    if (pathname === '/events') return stream(feed, response, closing)
    if (room === 'files') return await serveFile(stage, pathname, response)
    return await servePage(await files, pathname, response)
  }
  if (request.method !== 'POST') return tell(response, 405, { error: 'GET or POST only' })
  const body = await readBody(request)
  if (room === 'weather') {
    const { act, platform } = weatherCall.parse(JSON.parse(body))
    await feed.weather.act(act, platform)
    return tell(response, 200, feed.weather.now)
  }
  const control = controlOf(stage, room)
  if (control !== undefined) return await handOn(control, name, body, response)
  tell(response, 404, { error: 'There is no such call' })
}

async function servePage(files: ReadonlyMap<string, PageFile>, path: string, response: ServerResponse): Promise<void> {
  const file = files.get(path === '/' ? '/index.html' : path)
  if (file) response.writeHead(200, { 'content-type': file.type }).end(file.body)
  else response.writeHead(404).end()
}

function stream(feed: PageFeed, response: ServerResponse, closing: AbortSignal): void {
  response.writeHead(200, { 'content-type': 'text/event-stream', 'x-accel-buffering': 'no' })
  const send = (event: PageEvent) => {
    response.write(`data: ${JSON.stringify(event)}\n\n`)
    if (response.writableLength > mostUnread) response.destroy()
  }
  send({ type: 'snapshot', snapshot: feed.snapshot })
  const stop = feed.events.on(send)
  const pulse = setInterval(() => response.write(':\n\n'), keepAliveMs)
  response.once('close', () => {
    stop()
    clearInterval(pulse)
  })
  closing.addEventListener('abort', () => response.end(), { once: true })
}

async function readBody(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length
    if (size > mostBytes) throw new Error('That is too much')
    chunks.push(chunk)
  }
  return Buffer.concat(chunks).toString('utf8')
}

function tell(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body))
}

function complain(response: ServerResponse, error: unknown): void {
  if (response.headersSent) return void response.destroy()
  const words =
    error instanceof z.ZodError ? z.prettifyError(error) : String(error instanceof Error ? error.message : error)
  tell(response, 400, { error: words })
}
