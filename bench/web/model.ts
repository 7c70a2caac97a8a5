import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import { createVllmServer } from '#playground/vllm-server/vllm-server.ts'
import { WireChunks } from '#playground/vllm-server/wire-chunks.ts'
import { wireProfiles } from '#playground/vllm-server/wire-profile.ts'
import { watchProcess } from './watch-process.ts'
import { type Answering, type ModelAsk, type ModelReport, nameIn, now, tokenOf } from './wire.ts'

/**
 * The model as a process of its own: questions of the bench are answered at an even pace, each token in a packet of its own
 * and with the least that it takes, so that the door is what is measured. All else goes to the stand-in behind it.
 */

type Telling = { readonly name: string; readonly res: ServerResponse; readonly sentAt: number[]; due: number }

const standIn = await createVllmServer({ maxNumSeqs: 2_000 })
const identity = { id: 'chatcmpl-0123456789abcdef', created: 1_790_000_000, model: 'bench', fingerprint: 'vllm-bench' }
const chunks = new WireChunks(wireProfiles['0.32'], identity)
const role = framed(chunks.role({ ids: null, text: null }))
const share = watchProcess()
const telling = new Set<Telling>()
let sentAt: Record<string, number[]> = {}
let answering: Answering = { tokens: 1, ttftMs: 0, itlMs: 0 }
let isEnding = false

const server = createServer((req, res) => void take(req, res).catch(() => res.destroy()))
server.listen(0, '127.0.0.1', () => {
  const { port } = server.address() as AddressInfo
  process.send?.({ url: `http://127.0.0.1:${port}` })
})
setInterval(turn, 1)

process.on('message', (ask: ModelAsk) => {
  switch (ask.type) {
    case 'answer':
      answering = ask.answering
      isEnding = false
      break
    case 'end':
      isEnding = true
      break
    case 'report':
      process.send?.({ sentAt, share: share() } satisfies ModelReport)
      sentAt = {}
      break
    default:
      ask satisfies never
  }
})
process.on('disconnect', () => process.exit())

async function take(req: IncomingMessage, res: ServerResponse): Promise<void> {
  const body = await text(req)
  const name = nameIn(body)
  // What learns from an answer asks about its question, too.
  const isChat = body.includes('"stream":true') && !body.includes('"response_format"')
  if (name === undefined || !isChat) return pass(req, body, res)
  res.writeHead(200, { 'content-type': 'text/event-stream; charset=utf-8' })
  res.flushHeaders()
  const one = { name, res, sentAt: [], due: now() + answering.ttftMs }
  sentAt[name] = one.sentAt
  telling.add(one)
  res.on('close', () => telling.delete(one))
}

function pass({ method, url, headers }: IncomingMessage, body: string, res: ServerResponse): void {
  const passed = request(`${standIn.url}${url}`, { method, headers }, answer => {
    res.writeHead(answer.statusCode ?? 502, answer.headers)
    answer.pipe(res)
  })
  passed.on('error', () => res.destroy())
  passed.end(body)
}

/** At most one token a turn for each, so that none shares a packet with the next of its answer. */
function turn(): void {
  const time = now()
  for (const one of telling) if (one.due <= time) tell(one)
}

function tell(one: Telling): void {
  const { name, res, sentAt } = one
  const at = sentAt.length
  const delta = framed(chunks.delta({ channel: 'content', text: tokenOf(name, at) }))
  const isLast = isEnding || at + 1 === answering.tokens
  one.due += answering.itlMs
  sentAt.push(now())
  if (isLast) {
    telling.delete(one)
    const end = chunks.finish(
      { channel: 'content', text: '' },
      { reason: 'stop', stopReason: null, usageFollows: false },
    )
    res.end(`${at === 0 ? role : ''}${delta}${framed(end)}data: [DONE]\n\n`)
  } else res.write(at === 0 ? role + delta : delta)
}

function framed(json: string): string {
  return `data: ${json}\n\n`
}
