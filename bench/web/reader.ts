import { once } from 'node:events'
import { Agent, type IncomingMessage, request } from 'node:http'
import { text } from 'node:stream/consumers'
import { setTimeout as sleep } from 'node:timers/promises'
import { createParser } from 'eventsource-parser'
import { watchProcess } from './watch-process.ts'
import { now, question, type ReaderAsk, type ReaderReport, type ReadStream, tokenOf } from './wire.ts'

/**
 * Everybody before the door, as a process of its own. While answers come it notes when each packet came and no more; what they
 * hold is read once all are over.
 */

type Packet = Readonly<{ at: number; bytes: Buffer }>
type Reading = {
  readonly name: string
  readonly packets: Packet[]
  readonly begun: Promise<void>
  isOver: boolean
  readonly over: Promise<void>
}

const agent = new Agent({ keepAlive: true, maxSockets: Number.POSITIVE_INFINITY })
const share = watchProcess()

// Whatever fails ends this process, and with it the bench.
process.on('message', (ask: ReaderAsk) => void read(ask))
process.on('disconnect', () => process.exit())
process.send?.({ ready: true })

async function read({ door, model, series, streams, directEvery, apartMs }: ReaderAsk): Promise<void> {
  const talks: string[] = []
  for (let at = 0; at < streams; at += 1) talks.push(await begin(door))
  share()
  const asked: Reading[] = []
  const direct: Reading[] = []
  for (const [at, conversationId] of talks.entries()) {
    const name = `${series}${at}`
    asked.push(listen(name, `${door}/api/chat`, { message: question(name), conversationId }))
    if (at % directEvery === 0) direct.push(listen(`d${name}`, `${model}/v1/chat/completions`, chat(`d${name}`)))
    await sleep(apartMs)
  }
  await Promise.all(asked.map(({ begun }) => begun))
  report({ type: 'open', atOnce: asked.filter(({ isOver }) => !isOver).length })
  await Promise.all([...asked, ...direct].map(({ over }) => over))
  const took = share()
  report({ type: 'over', streams: asked.map(understood), direct: direct.map(understood), share: took })
}

function chat(name: string) {
  return { stream: true, messages: [{ role: 'user', content: question(name) }] }
}

async function begin(door: string): Promise<string> {
  const response = await post(`${door}/api/conversations`, {})
  return String((JSON.parse(await text(response)) as { id: string }).id)
}

function listen(name: string, url: string, body: object): Reading {
  const begun = Promise.withResolvers<void>()
  const reading: Reading = { name, packets: [], begun: begun.promise, isOver: false, over: take() }
  return reading

  async function take(): Promise<void> {
    const response = await post(url, body)
    let hasWords = false
    response.on('data', (bytes: Buffer) => {
      reading.packets.push({ at: now(), bytes })
      // A door's first packets may be comments.
      hasWords ||= bytes.includes(name)
      if (hasWords) begun.resolve()
    })
    await once(response, 'end')
    reading.isOver = true
    begun.resolve()
  }
}

function post(url: string, body: object): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    const asked = request(url, { method: 'POST', agent, headers: { 'content-type': 'application/json' } }, resolve)
    asked.on('error', reject)
    asked.end(JSON.stringify(body))
  })
}

function understood({ name, packets }: Reading): ReadStream {
  const readAt: number[] = []
  let said = ''
  let whole = ''
  let events = 0
  let isDone = false
  const parser = createParser({
    onEvent({ data }) {
      if (data === '[DONE]') isDone = true
      else said += wordsIn(data)
      events += 1
    },
  })
  const decoder = new TextDecoder()
  for (const { at, bytes } of packets) {
    parser.feed(decoder.decode(bytes, { stream: true }))
    for (let next = tokenOf(name, readAt.length); said.startsWith(next, whole.length); ) {
      whole += next
      readAt.push(at)
      next = tokenOf(name, readAt.length)
    }
  }
  return { name, readAt, events, isWhole: isDone && said === whole }
}

/** Of the door's events, or of the model's. */
function wordsIn(data: string): string {
  const { token, choices } = JSON.parse(data) as {
    token?: string
    choices?: readonly { delta?: { content?: string } }[]
  }
  return token ?? choices?.[0]?.delta?.content ?? ''
}

function report(told: ReaderReport): void {
  process.send?.(told)
}
