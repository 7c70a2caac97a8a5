import { connect } from 'node:net'
import { createWebAdapter, type WebAdapter } from '#adapters/web/web-adapter.ts'
import type { WebSettings } from '#adapters/web/web-parts.ts'
import type { Clock } from '#src/core/clock.ts'
import type { Person } from '#src/core/person.ts'
import type { Store } from '#src/core/store.ts'
import { openStore, type SqliteStore } from '#src/sqlite/sqlite-store.ts'
import { systemClock } from '#src/system-clock.ts'
import { CollectingInbox } from '#test/support/collecting-inbox.ts'
import { freePort } from '#test/support/free-port.ts'
import { KeptLog } from '#test/support/kept-log.ts'
import { patience } from '#test/support/patience.ts'

export type House = AsyncDisposable &
  Readonly<{
    adapter: WebAdapter
    /** Where it listens, whatever people open it by. */
    address: string
    store: SqliteStore
    inbox: CollectingInbox
    log: KeptLog
  }>

type Options = Partial<WebSettings> & Readonly<{ clock?: Clock; page?: string; withinMs?: number }>

/** The adapter alone, connected, with a database in memory; nobody answers. */
export async function anOpenHouse({
  clock = systemClock,
  withinMs: requestWithinMs = 20_000,
  ...settings
}: Options = {}): Promise<House> {
  const [log, inbox, store] = [new KeptLog(), new CollectingInbox(), openStore({ path: ':memory:' })]
  const port = settings.url === undefined ? 0 : await freePort()
  const parts = { ...local, ...settings, port, house: houseOf(store), clock, log, requestWithinMs }
  const adapter = createWebAdapter(parts)
  await adapter.start(inbox, patience())
  const dispose = async () => {
    await adapter[Symbol.asyncDispose]()
    store[Symbol.dispose]()
  }
  const address = port === 0 ? adapter.url : `http://127.0.0.1:${port}`
  return { adapter, address, store, inbox, log, [Symbol.asyncDispose]: dispose }
}

export const local: WebSettings = { host: '127.0.0.1', port: 0, signIn: 'local' }

export type WebStore = Store & Pick<SqliteStore, 'talks' | 'signIns'>

/** What the door shows of a house, of whom nothing is known and who is nobody but Aeries. */
export function houseOf(store: WebStore) {
  const personas = () => [
    { name: 'Aeries', voice: 'You are Aeries.' },
    { name: 'Pirate', voice: 'You are a pirate.', about: 'Arr.' },
  ]
  return { ...store, personas, briefing: { of: async () => [] } }
}

/** The cookie of somebody who signed in. */
export async function cookieOf(store: WebStore, person: Person): Promise<string> {
  return `aeries=${await store.signIns.begin(person, new Date())}`
}

/** What is answered to what somebody writes by hand, until the line is closed: by the door, or after the first answer. */
export async function raw({ address }: House, bytes: string, readsAll = false): Promise<string> {
  const { hostname, port } = new URL(address)
  const socket = connect(Number(port), hostname)
  let answer = ''
  socket.on('data', data => {
    answer += String(data)
    if (!readsAll && answer.includes('\r\n\r\n')) socket.end()
  })
  socket.on('error', () => {})
  socket.write(bytes)
  await new Promise(resolve => socket.on('close', resolve))
  return answer
}
