import { expect } from 'vitest'
import type { SlackParts } from '#adapters/slack/slack-parts.ts'
import type { MessageEvent } from '#src/core/event.ts'
import type { PlaceRead } from '#src/core/platform.ts'
import type { ManualClock } from '#test/support/manual-clock.ts'
import { aHouseAt, type House, never } from './slack-house.ts'

export async function messages({ inbox }: House, count: number): Promise<readonly MessageEvent[]> {
  const told = () => inbox.events.filter(event => event.type === 'message')
  await expect.poll(told).toHaveLength(count)
  return told()
}

/** Another process, started after something happened that nobody heard. */
export async function restarted(
  { adapter, server, harbour }: House,
  meanwhile?: () => void,
  parts: Partial<SlackParts> = {},
): Promise<House> {
  await adapter[Symbol.asyncDispose]()
  const before = server.rules.retryDelaysMs
  // What no line takes is not told again.
  server.rules.retryDelaysMs = []
  meanwhile?.()
  await server.deliveries.idle()
  server.rules.retryDelaysMs = before
  const house = aHouseAt(server, harbour, parts)
  await house.adapter.start(house.inbox, never)
  return house
}

export async function all(missed: AsyncIterable<MessageEvent | PlaceRead>): Promise<readonly MessageEvent[]> {
  const events: MessageEvent[] = []
  for await (const event of missed) if (event.type === 'message') events.push(event)
  return events
}

/** The work with the clock running on whenever it waits for that. */
export async function throughTime<T>(clock: ManualClock, work: Promise<T>): Promise<T> {
  let isDone = false
  const done = work.finally(() => {
    isDone = true
  })
  while (!isDone) await clock.advance(100)
  return await done
}

export function textsOf(events: readonly MessageEvent[]): readonly string[] {
  return events.map(({ message }) => message.text)
}

export function reads({ server }: House, method: string): readonly (string | undefined)[] {
  return server.log.filter(entry => entry.method === method).map(({ channelId }) => channelId)
}

export function lastOf({ server }: House): string {
  const roots = server.people.messages('dm:mira').filter(({ threadTs, botId }) => threadTs === undefined && !botId)
  return roots.at(-1)?.ts ?? ''
}

export function scopesWithout(...missing: readonly string[]): readonly string[] {
  return [
    ...['app_mentions:read', 'channels:history', 'channels:read', 'chat:write', 'groups:history', 'groups:read'],
    ...['im:history', 'im:read', 'mpim:history', 'mpim:read', 'users:read'],
  ].filter(scope => !missing.includes(scope))
}
