import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { Readable } from 'node:stream'
import { setTimeout as sleep } from 'node:timers/promises'
import { closeServer, listenOnLoopback } from '#playground/stand-in/loopback.ts'
import { ModelRecording } from './model-recording.ts'
import { CallLog } from './vllm-server/call-log.ts'
import { cutAfterTokens, type ModelWeather, slow } from './weather.ts'

/** A way to a real model on which everything that passes is written down, and on which the weather can be bad. */
export type ModelProxy = AsyncDisposable & Readonly<{ url: string; log: CallLog; weather: ModelWeather }>

/** Said of one connection alone, or wrong once a body was unpacked. */
const ofTheConnection = [
  ...['connection', 'keep-alive', 'transfer-encoding', 'host', 'content-length', 'content-encoding', 'upgrade'],
  'accept-encoding',
]

type State = { weather: 'fair' | 'slow' | 'down'; cuts: boolean }
type Upstream = Readonly<{ target: string; state: State; log: CallLog }>

/** Opens one door on loopback for each address; `url` names them all, as `VLLM_URL` does. */
export async function openModelProxy(targets: readonly string[]): Promise<ModelProxy> {
  const log = new CallLog(() => {})
  const state: State = { weather: 'fair', cuts: false }
  await using doors = new AsyncDisposableStack()
  const opened: Awaited<ReturnType<typeof openDoor>>[] = []
  for (const target of targets) opened.push(doors.use(await openDoor({ target, state, log })))
  const weather: ModelWeather = {
    async turn(to) {
      state.weather = to
      if (to === 'down') for (const { slam } of opened) slam()
    },
    cutNext() {
      state.cuts = true
    },
  }
  const built = doors.move()
  const url = opened.map(door => door.url).join(',')
  return { url, log, weather, [Symbol.asyncDispose]: () => built.disposeAsync() }
}

async function openDoor(upstream: Upstream) {
  const server = createServer((request, response) => {
    pass(upstream, request, response).catch(() => response.destroy())
  })
  server.on('connection', socket => {
    if (upstream.state.weather === 'down') socket.resetAndDestroy()
  })
  return {
    url: await listenOnLoopback(server, 0),
    slam: () => server.closeAllConnections(),
    [Symbol.asyncDispose]: () => closeServer(server),
  }
}

/** Hands a request on and its answer back, each byte as it comes. Whoever leaves ends both. */
async function pass({ target, state, log }: Upstream, request: IncomingMessage, response: ServerResponse) {
  const path = request.url ?? '/'
  const body = Buffer.concat(await Array.fromAsync(request as AsyncIterable<Buffer>))
  const recording = path.startsWith('/v1/chat/completions') ? ModelRecording.of(log, request, body) : undefined
  const left = new AbortController()
  response.once('close', () => left.abort())
  try {
    const answer = await fetch(target.replace(/\/$/, '') + path, {
      method: request.method ?? 'GET',
      headers: headersOf(Object.entries(request.headers)),
      ...(body.length > 0 && { body }),
      signal: left.signal,
    })
    if (state.weather === 'slow' && recording) await sleep(slow.ttftMs, undefined, { signal: left.signal })
    response.writeHead(answer.status, headersOf([...answer.headers]))
    recording?.begins(answer.status)
    if (answer.body === null) return void response.end()
    const isCut = recording !== undefined && state.cuts && answer.headers.get('content-type')?.includes('event-stream')
    if (isCut) state.cuts = false
    for await (const chunk of Readable.fromWeb(answer.body)) {
      response.write(chunk)
      recording?.hears(chunk)
      if (isCut && (recording?.tokens ?? 0) >= cutAfterTokens) throw new Error('the weather cuts this answer off')
      if (state.weather === 'slow' && recording) await sleep(slow.itlMs, undefined, { signal: left.signal })
    }
    response.end()
    recording?.ends('finished')
  } catch (error) {
    recording?.ends(left.signal.aborted ? 'aborted' : 'broken')
    throw error
  }
}

function headersOf(given: Iterable<readonly [string, string | readonly string[] | undefined]>): Record<string, string> {
  const kept = [...given].filter(([name, value]) => value !== undefined && !ofTheConnection.includes(name))
  return Object.fromEntries(kept.map(([name, value]) => [name, String(value)]))
}
