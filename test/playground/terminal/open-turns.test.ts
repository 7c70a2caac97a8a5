import { once } from 'node:events'
import { createServer, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { describe, expect, onTestFinished, test, vi } from 'vitest'
import type { ServiceEvent } from '#playground/service.ts'
import { readServiceLine } from '#playground/service-line.ts'
import { Feed } from '#playground/stand-in/feed.ts'
import { OpenTurns } from '#playground/terminal/open-turns.ts'

describe('OpenTurns', () => {
  test('knows that an answer is whole only from a look that began after its last touch', async () => {
    const { turns, door } = await aService()
    const touchedAt = aMomentAgo()
    expect(turns.since(touchedAt)).toBe('unseen')
    await door.tells({ open: 0 }, () => turns.since(touchedAt))
    await vi.waitFor(() => expect(turns.since(touchedAt)).toBe('none'), patience)
    expect(turns.since(Date.now())).toBe('unseen')
  })

  test('looks again while one is being given, and does not take a service that is slow to tell for one that is idle', async () => {
    const { turns, door } = await aService()
    const touchedAt = aMomentAgo()
    await door.tells({ open: 1 }, () => turns.since(touchedAt))
    await vi.waitFor(() => expect(turns.since(touchedAt)).toBe('some'), patience)
    const tell = await door.asked(() => turns.since(touchedAt))
    expect(turns.since(touchedAt)).toBe('some')
    tell({ open: 0 })
    await vi.waitFor(() => expect(turns.since(touchedAt)).toBe('none'), patience)
  })

  test('tells those that wait for a model that is away from those that are being given', async () => {
    const { turns, door } = await aService()
    const touchedAt = aMomentAgo()
    await door.tells({ open: 1, away: 1 }, () => turns.since(touchedAt))
    await vi.waitFor(() => expect(turns.since(touchedAt)).toBe('resting'), patience)
  })

  test('has nothing to tell of a service without a door, one that is gone, and one that tells no gauge', async () => {
    const { turns, door, events } = await aService()
    const touchedAt = aMomentAgo()
    const tell = await door.asked(() => turns.since(touchedAt))
    tell('There are /healthz, /readyz and /metrics.')
    await vi.waitFor(() => expect(turns.since(touchedAt)).toBe('untold'), patience)
    await door.close()
    const later = Date.now()
    await vi.waitFor(() => expect(turns.since(later)).toBe('untold'), patience)
    events.emit({ type: 'lost', how: 'by SIGKILL' })
    expect(turns.since(Date.now())).toBe('untold')
    using doorless = new OpenTurns({ events: new Feed() })
    expect(doorless.since(Date.now())).toBe('untold')
  })

  test('believes nothing that an earlier process told', async () => {
    const { turns, door, events } = await aService()
    const touchedAt = aMomentAgo()
    const tell = await door.asked(() => turns.since(touchedAt))
    const next = await aDoor()
    events.emit(next.line)
    tell({ open: 0 })
    await next.tells({ open: 1 }, () => turns.since(touchedAt))
    await vi.waitFor(() => expect(turns.since(touchedAt)).toBe('some'), patience)
  })
})

const patience = { timeout: 20_000 }

/** Of the millisecond in which a look begins nobody knows what came first. */
const aMomentAgo = () => Date.now() - 1

type Page = Readonly<{ open: number; away?: number }> | string
type Tell = (page: Page) => void

/** A service that has told where its door is. */
async function aService() {
  const events = new Feed<ServiceEvent>()
  const turns = new OpenTurns({ events })
  onTestFinished(() => turns[Symbol.dispose]())
  const door = await aDoor()
  events.emit(door.line)
  return { events, turns, door }
}

/** A door that says how it goes when the test lets it. */
async function aDoor() {
  const waiting: ServerResponse[] = []
  const server = createServer(({ url }, response) => {
    if (url === '/metrics') waiting.push(response)
  })
  await once(server.listen(0, '127.0.0.1'), 'listening')
  const close = async () => {
    server.closeAllConnections()
    await new Promise(resolve => server.close(resolve))
  }
  onTestFinished(close)
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const line: ServiceEvent = {
    type: 'line',
    line: readServiceLine(JSON.stringify({ level: 'info', part: 'ops', url, msg: 'health and metrics can be seen' })),
  }
  /** Asks until the door is looked at. */
  const asked = async (ask: () => unknown): Promise<Tell> => {
    const response = await vi.waitFor(() => {
      ask()
      const [first] = waiting.splice(0, 1)
      if (first === undefined) throw new Error('nobody looks')
      return first
    }, patience)
    return page => response.end(typeof page === 'string' ? page : metrics(page))
  }
  return { line, close, asked, tells: async (page: Page, ask: () => unknown) => (await asked(ask))(page) }
}

function metrics({ open, away = 0 }: Exclude<Page, string>): string {
  return [
    '# TYPE aeries_turns_open gauge',
    `aeries_turns_open ${open}`,
    `aeries_model_servers 1`,
    `aeries_model_servers_away ${away}`,
    '',
  ].join('\n')
}
