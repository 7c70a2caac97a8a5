import { createWebAdapter, type WebAdapter } from '#adapters/web/web-adapter.ts'
import type { WebSettings } from '#adapters/web/web-parts.ts'
import type { Clock } from '#src/core/clock.ts'
import type { Person } from '#src/core/person.ts'
import type { Store } from '#src/core/store.ts'
import { openStore, type SqliteStore } from '#src/sqlite/sqlite-store.ts'
import { systemClock } from '#src/system-clock.ts'
import { CollectingInbox } from '#test/support/collecting-inbox.ts'
import { KeptLog } from '#test/support/kept-log.ts'

export type House = AsyncDisposable &
  Readonly<{ adapter: WebAdapter; store: SqliteStore; inbox: CollectingInbox; log: KeptLog }>

type Options = Partial<WebSettings> & Readonly<{ clock?: Clock; page?: string; withinMs?: number }>

/** The adapter alone, connected, with a database in memory; nobody answers. */
export async function anOpenHouse({
  clock = systemClock,
  withinMs: requestWithinMs = 20_000,
  ...settings
}: Options = {}): Promise<House> {
  const [log, inbox, store] = [new KeptLog(), new CollectingInbox(), openStore({ path: ':memory:' })]
  const adapter = createWebAdapter({ ...local, ...settings, house: houseOf(store), clock, log, requestWithinMs })
  await adapter.start(inbox, AbortSignal.timeout(5_000))
  const dispose = async () => {
    await adapter[Symbol.asyncDispose]()
    store[Symbol.dispose]()
  }
  return { adapter, store, inbox, log, [Symbol.asyncDispose]: dispose }
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
