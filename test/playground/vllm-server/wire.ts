import { readdirSync, readFileSync } from 'node:fs'
import { connect } from 'node:net'
import { request } from 'undici'

export type Recording = Readonly<{
  name: string
  request: Readonly<{
    method: string
    path: string
    body?: Json
    raw?: string
    headers?: Readonly<Record<string, string>>
  }>
  status: number
  headers: Readonly<Record<string, string>>
  body: string
}>
export type Json = Readonly<Record<string, unknown>>

/** What a real vLLM 0.32 said: one file an exchange, the first line the request, then what came. */
export function recordings(): readonly Recording[] {
  const folder = new URL('../../fixtures/wire/', import.meta.url)
  return readdirSync(folder).map(file => {
    const [first = '', ...rest] = readFileSync(new URL(file, folder), 'utf8').trim().split('\n')
    const body = rest.map(line => JSON.parse(line).body).join('')
    return { ...JSON.parse(first), name: file.replace('.jsonl', ''), body }
  })
}

/** More of the same server: one line an exchange, mostly refusals. */
export function moreRecordings(): readonly Recording[] {
  const lines = readFileSync(new URL('./recorded.jsonl', import.meta.url), 'utf8')
    .trim()
    .split('\n')
  return lines.map(line => JSON.parse(line))
}

export type Answer = Readonly<{ status: number; headers: Readonly<Record<string, unknown>>; text: string }>

/** Sends a recorded request again, as it was. */
export async function replay(url: string, recorded: Recording['request'], key?: string): Promise<Answer> {
  const { method, path, body, raw, headers } = recorded
  const sent = raw ?? (body === undefined ? undefined : JSON.stringify(body))
  const type = raw === 'hello' ? 'text/plain' : raw === 'a=1' ? 'application/x-www-form-urlencoded' : 'application/json'
  const all: Record<string, string> = {
    'content-type': type,
    ...(key ? { authorization: `Bearer ${key}` } : {}),
    ...headers,
  }
  if (all['authorization'] === '') delete all['authorization']
  const res = await request(`${url}${path}`, { method, headers: all, body: sent ?? null })
  return { status: res.statusCode, headers: res.headers, text: await res.body.text() }
}

/** A chat request with the least that one needs; thinking is off unless asked for. */
export function chatBody(question: string, more: Json = {}): Json {
  return {
    model: 'Qwen/Qwen3-8B',
    messages: [{ role: 'user', content: question }],
    stream: true,
    chat_template_kwargs: { enable_thinking: false },
    ...more,
  }
}

export async function chat(url: string, body: Json, headers: Readonly<Record<string, string>> = {}): Promise<Answer> {
  return replay(url, { method: 'POST', path: '/v1/chat/completions', body, headers })
}

/** The whole records of a body, `[DONE]` as a word. */
export function recordsOf(text: string): readonly (Json | string)[] {
  return text
    .split('\n\n')
    .slice(0, -1) // nothing, or what a cut left of a record
    .filter(part => part.startsWith('data: '))
    .map(part => (part === 'data: [DONE]' ? '[DONE]' : JSON.parse(part.slice('data: '.length))))
}

/** What the tests read of a choice. */
export type Choice = Readonly<{
  delta: Readonly<{ role?: string; content?: string; reasoning?: string; reasoning_content?: string }>
  finish_reason?: string | null
  stop_reason?: string | number | null
  usage?: Json
}>

export function deltasOf(text: string): readonly Choice[] {
  return recordsOf(text).flatMap(record => (typeof record === 'object' ? ((record['choices'] ?? []) as Choice[]) : []))
}

export function textOf(body: string): string {
  return deltasOf(body)
    .map(choice => choice.delta?.content ?? '')
    .join('')
}

type RawEnd = 'fin' | 'reset' | 'open'
type RawAnswer = Readonly<{ bytes: Buffer; body: Buffer; packets: readonly Buffer[]; end: RawEnd }>

/** When a socket that stays open has said enough: quiet for `quietMs` after these bytes, or after this event. */
export type Enough = Readonly<{ after: string | Promise<unknown>; quietMs?: number }>

/** The bytes that a plain socket gets, and how they end; `open` when the server said `enough` and then nothing. */
export async function rawChat(port: number, body: Json, enough?: Enough): Promise<RawAnswer> {
  const text = JSON.stringify(body)
  const head = [
    'POST /v1/chat/completions HTTP/1.1',
    `host: 127.0.0.1:${port}`,
    'content-type: application/json',
    `content-length: ${Buffer.byteLength(text)}`,
    'connection: close',
  ]
  const packets: Buffer[] = []
  const end = await new Promise<RawEnd>(resolve => {
    const socket = connect({ port, host: '127.0.0.1', allowHalfOpen: true }, () => {
      socket.write(`${head.join('\r\n')}\r\n\r\n${text}`)
    })
    const finish = (how: RawEnd) => {
      resolve(how)
      socket.destroy()
    }
    const listenForQuiet = () => socket.setTimeout(enough?.quietMs ?? 60, () => finish('open'))
    socket.on('data', packet => {
      packets.push(packet)
      if (typeof enough?.after === 'string' && Buffer.concat(packets).includes(enough.after)) listenForQuiet()
    })
    if (typeof enough?.after === 'object') enough.after.then(listenForQuiet, () => finish('open'))
    socket.on('end', () => finish('fin'))
    socket.on('error', () => finish('reset'))
  })
  const bytes = Buffer.concat(packets)
  return { bytes, body: withoutChunks(bytes.subarray(bytes.indexOf('\r\n\r\n') + 4)), packets, end }
}

/** The body of chunked bytes, as far as it goes. */
function withoutChunks(chunked: Buffer): Buffer {
  const parts: Buffer[] = []
  for (let at = 0; at < chunked.length; ) {
    const line = chunked.indexOf('\r\n', at)
    const size = Number.parseInt(chunked.subarray(at, line).toString(), 16)
    if (line < 0 || !(size > 0)) break
    parts.push(chunked.subarray(line + 2, line + 2 + size))
    at = line + 2 + size + 2
  }
  return Buffer.concat(parts)
}

export async function fetchPath(url: string, path: string, method: 'GET' | 'POST' = 'GET'): Promise<Answer> {
  return replay(url, { method, path })
}

/** A chat that the test may leave in the middle. */
export function leavable(url: string, body: Json) {
  const leave = new AbortController()
  const ended = request(`${url}/v1/chat/completions`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
    signal: leave.signal,
  }).then(res => res.body.text())
  ended.catch(() => undefined)
  return { leave: () => leave.abort(), ended }
}
