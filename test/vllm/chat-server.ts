import { conversationId, personId } from '#src/core/ids.ts'
import type { ChatRequest } from '#src/core/model.ts'
import type { ManualClock } from '#test/support/manual-clock.ts'
import { patience } from '#test/support/patience.ts'
import { aRequest } from './chat-client.ts'
import { delta, done, finish, type RawCall, type RawServer, rawServer, role, usage } from './raw-server.ts'

/** A server whose every answer is the test's, and whose small routes speak like vLLM's. */
export type ChatServer = AsyncDisposable & {
  readonly url: string
  readonly raw: RawServer
  /** The requests for answers. */
  readonly chats: readonly RawCall[]
  /** How often its models were asked for. */
  readonly looks: number
  readonly loadLooks: number
  answer: (call: RawCall, n: number) => unknown
  contextLength: number
  /** Whether it tells its models. */
  isListing: boolean
  /** What `/metrics` shows; 404 when undefined. */
  metrics: string | undefined
}

export async function chatServer(answer: ChatServer['answer'] = sayTea): Promise<ChatServer> {
  const chats: RawCall[] = []
  let looks = 0
  let loadLooks = 0
  const raw = await rawServer(call => {
    call.socket.setMaxListeners(0) // one for each request of a connection that is kept
    if (call.head.startsWith('POST /v1/chat')) return server.answer(call, chats.push(call) - 1)
    if (call.head.startsWith('GET /metrics')) {
      loadLooks++
      return server.metrics === undefined ? call.reply(404, '{}') : call.reply(200, server.metrics, 'text/plain')
    }
    if (!call.head.startsWith('GET /v1/models')) return call.reply(404, '{"detail":"Not Found"}')
    looks++
    if (!server.isListing) return call.reply(500, '')
    return call.reply(200, JSON.stringify({ data: [{ id: 'Qwen/Qwen3-8B', max_model_len: server.contextLength }] }))
  })
  const server: ChatServer = {
    url: raw.url,
    raw,
    chats,
    get looks() {
      return looks
    },
    get loadLooks() {
      return loadLooks
    },
    answer,
    contextLength: 4_096,
    isListing: true,
    metrics: undefined,
    [Symbol.asyncDispose]: () => raw[Symbol.asyncDispose](),
  }
  return server
}

export function sayTea(call: RawCall): void {
  call.start().send(role, delta('Tea'), delta(' it is.'), finish(), usage, done).end()
}

/** An answer that goes on until the test ends it. */
export function begin(call: RawCall): void {
  call.start().send(role, delta('Tea'))
}

export function end(call: RawCall | undefined): void {
  call?.send(delta(' it is.'), finish(), usage, done).end()
}

export function fail(call: RawCall): void {
  call.reply(500, '{"error":{"message":"EngineCore encountered an issue","code":500}}')
}

export function ask(person: string, more: Partial<ChatRequest> = {}): ChatRequest {
  return aRequest({ person: personId('discord', undefined, person), ...more })
}

export function inChannel(channel: number | string): Pick<ChatRequest, 'conversation'> {
  const place = { platform: 'discord', workspace: undefined, channel: String(channel), thread: undefined }
  return { conversation: conversationId(place) }
}

/** Resolves once it is so. Time of the manual clock stands still meanwhile, unless the look moves it. */
export async function when(look: () => boolean): Promise<void> {
  const tooLate = patience()
  while (!look()) {
    if (tooLate.aborted) throw new Error(`never came about: ${look}`)
    await new Promise(resolve => setTimeout(resolve, 1))
  }
}

/** Moves time on, a little at a time so that sockets keep up, until something happened. */
export async function passing<T>(clock: ManualClock, something: Promise<T>): Promise<T> {
  let happened = false
  const noted = () => {
    happened = true
  }
  something.then(noted, noted)
  while (!happened) {
    await new Promise(resolve => setTimeout(resolve, 1))
    if (!happened) await clock.advance(10)
  }
  return something
}
