import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { createRecords } from './records.ts'
import type { Served, ServerAsk, Serving } from './wire.ts'

/**
 * A server of answers as a process of its own: vLLM's bytes, one record a packet at an even pace, or in bulk. It does no
 * more than it must, so that the reader is what is measured.
 */

type Paced = {
  readonly res: ServerResponse
  due: number
  index: number
  readonly askedAt: number
  readonly name: string
}

const bulkBytes = 64 * 1024
const records = createRecords()
const paced = new Set<Paced>()
const firstAfterMs: Record<string, number> = {}
let serving: Serving = { type: 'bulk', records: 1 }
let bulk: readonly Buffer[] = []
let sent = 0
let asked = 0

const server = createServer((req, res) => {
  req.resume()
  req.on('end', () => answer(req, res))
})
server.listen(0, '127.0.0.1', () => {
  const { port } = server.address() as AddressInfo
  process.send?.({ url: `http://127.0.0.1:${port}` })
})

process.on('message', (ask: ServerAsk) => {
  if (ask.type === 'serve') {
    serving = ask.serving
    bulk = serving.type === 'bulk' ? bulkOf(serving.records) : []
  }
  process.send?.({ records: sent, firstAfterMs } satisfies Served)
})
process.on('disconnect', () => process.exit())

function answer(req: IncomingMessage, res: ServerResponse): void {
  if (req.method === 'GET') return void res.writeHead(404).end('{}')
  asked += 1
  res.writeHead(200, { 'content-type': 'text/event-stream; charset=utf-8' })
  res.flushHeaders()
  const given = req.headers['x-request-id'] ?? asked
  if (serving.type === 'bulk') void pour(res, serving.records)
  else begin(res, String(given), serving)
}

function begin(res: ServerResponse, name: string, { firstAfterMs: wait }: Extract<Serving, { type: 'paced' }>): void {
  const now = performance.now()
  const one: Paced = { res, due: now + wait, index: 0, askedAt: now, name }
  paced.add(one)
  res.on('close', () => paced.delete(one))
}

/** At most one record a turn for each, so that none shares a packet with the next of its answer. */
setInterval(() => {
  if (serving.type !== 'paced') return
  const gap = 1_000 / serving.perSecond
  const now = performance.now()
  for (const one of paced) {
    if (one.due > now) continue
    one.due += gap
    if (one.index === 0) {
      firstAfterMs[one.name] = now - one.askedAt
      one.res.write(Buffer.concat([records.role, records.first]))
      sent += 1
    } else one.res.write(records.at(one.index))
    sent += 1
    one.index += 1
  }
}, 1)

async function pour(res: ServerResponse, count: number): Promise<void> {
  for (const chunk of bulk) {
    if (res.destroyed) return
    if (!res.write(chunk)) await new Promise(resolve => res.once('drain', resolve).once('close', resolve))
  }
  sent += count
  res.end()
}

function bulkOf(count: number): readonly Buffer[] {
  const body = Buffer.concat([
    records.role,
    records.first,
    ...Array.from({ length: Math.max(0, count - 3) }, (_, index) => records.at(index)),
    records.end,
  ])
  return Array.from({ length: Math.ceil(body.length / bulkBytes) }, (_, index) =>
    body.subarray(index * bulkBytes, (index + 1) * bulkBytes),
  )
}
