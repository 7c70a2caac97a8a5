import { type AdapterHarness, adapterContract, type Room } from '#test/support/adapter-contract.ts'
import { WebClient, type WebStream } from '#test/support/web-client.ts'
import { anOpenHouse } from './web-house.ts'

async function open(): Promise<AdapterHarness> {
  const house = await anOpenHouse()
  const client = new WebClient(house.adapter.url)
  const talks = { dm: await client.begin(), channel: await client.begin() }
  const streams: Record<Room, WebStream[]> = { dm: [], channel: [] }
  let last: readonly [room: Room, text: string, key: string] = ['dm', '', '']
  const say = async (room: Room, text: string, key: string) => {
    last = [room, text, key]
    const stream = await client.chat(talks[room], text, { 'idempotency-key': key })
    if (stream.status === 200) streams[room].push(stream)
  }
  return {
    adapter: house.adapter,
    inbox: house.inbox,
    personName: 'You',
    say: (room, _, text) => say(room, text, crypto.randomUUID()),
    repeat: () => {
      // The door itself tells a client's second try from a second question: what it lets in twice comes from elsewhere.
      const told = house.inbox.events.findLast(one => one.type === 'message')
      if (told) house.inbox.event(told)
      return say(...last)
    },
    shown: async room => {
      const turns = new Set(streams[room].map(({ turn }) => turn))
      return (await Promise.all([...turns].map(turn => shownOf(client, turn)))).flat()
    },
    takeAway: async message => void (await client.ask('DELETE', `/api/messages/${encodeURIComponent(message)}`)),
    [Symbol.asyncDispose]: async () => {
      await client[Symbol.asyncDispose]()
      await house[Symbol.asyncDispose]()
    },
  }
}

/** The messages of an answer as somebody reads them who comes just now. */
async function shownOf(client: WebClient, turn: string): Promise<readonly string[]> {
  await using stream = await client.stream('GET', `/api/chat/${turn}`)
  await stream.until(({ isDone, comments }) => isDone || comments.includes('here'))
  const texts = new Map<unknown, string>()
  let message: unknown
  for (const { token, note, messageId } of stream.events) {
    message = messageId ?? message
    const text = texts.get(message) ?? ''
    texts.set(message, note === undefined ? text + (token ?? '') : `${text}\n${note}`)
  }
  return [...texts.values()].map(text => text.trim())
}

adapterContract('web', open, false)
