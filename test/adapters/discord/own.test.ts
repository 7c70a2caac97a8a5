import { describe, expect, it } from 'vitest'
import type { MessageEvent } from '#src/core/event.ts'
import type { MessageId } from '#src/core/ids.ts'
import type { Write } from '#src/core/surface.ts'
import { aHouseAt, anOpenHouse, type House, never } from './discord-house.ts'

describe('a message of our own account', () => {
  it('is told when another process with the same token sent it, and to that other process never', async () => {
    await using one = await anOpenHouse()
    const other = aHouseAt(one.server, one.harbour)
    await other.adapter.start(other.inbox, never)
    const { id: thread } = one.server.places.createThread('#general', { name: 'talk', by: 'mira' })
    for (const place of ['dm', '#general', thread]) {
      one.server.people.say('mira', place, '@Aeries hello')
      const event = await one.inbox.next('message')
      await other.inbox.next('message')
      const message = idOf(await event.surface.write(aWrite({ key: place.slice(0, 25) }), never))
      const { type, platform, place: where, message: told, at } = await other.inbox.next('own')
      expect({ type, platform, where, told }).toEqual({
        type: 'own',
        platform: 'discord',
        where: event.place,
        told: message,
      })
      expect(Math.abs(at.getTime() - Date.now())).toBeLessThan(60_000)
    }
    await heard(one, 'dm', 'and now?')
    expect(one.inbox.events.filter(({ type }) => type === 'own')).toEqual([])
    await other.adapter[Symbol.asyncDispose]()
  })

  it('is known by its nonce although the answer to its send was lost, and however often it is told', async () => {
    await using house = await anOpenHouse()
    const { surface } = await heard(house, 'dm', 'hello')
    house.server.faults.add({ kind: 'hang', ms: 50, accepted: true, method: 'POST', times: 1 })
    expect((await surface.write(aWrite({}), never)).outcome).toBe('unknown')
    const [sent] = house.server.people.messages('dm:mira').slice(-1)
    house.server.people.redeliver(sent?.id ?? '')
    await surface.attach({ name: 'rest.md', content: 'the rest' }, 'file', never)
    await heard(house, 'dm', 'and now?')
    expect(house.inbox.events.filter(({ type }) => type === 'own')).toEqual([])
  })

  it('is not told when Discord says it in our name, or when it answers an interaction', async () => {
    await using house = await anOpenHouse()
    const { world, people, gateway } = house.server
    const { postSystemMessage } = await import('#playground/discord-server/world/system-message.ts')
    const channelId = house.harbour.general
    postSystemMessage(world, { type: 7, channelId, authorId: world.botId, content: '', reference: undefined })
    const { id } = people.say('mira', '#general', 'nice weather')
    await house.inbox.next('message')
    const answer = { author: { id: world.botId, username: 'aeries', bot: true }, interaction_metadata: { id } }
    gateway.dispatch('MESSAGE_CREATE', {
      id: world.ids.next(),
      channel_id: channelId,
      guild_id: house.harbour.guild,
      type: 0,
      content: 'Done.',
      timestamp: new Date().toISOString(),
      edited_timestamp: null,
      mentions: [],
      attachments: [],
      embeds: [],
      ...answer,
    })
    await heard(house, '#general', 'still nice')
    expect(house.inbox.events.filter(({ type }) => type === 'own')).toEqual([])
  })
})

async function heard(house: House, place: string, text: string): Promise<MessageEvent> {
  house.server.people.say('mira', place, text)
  return await house.inbox.next('message')
}

function aWrite(sketch: Partial<Write>): Write {
  return { key: 'key', part: 0, phase: 'first', text: 'Once', ...sketch }
}

function idOf(written: Readonly<{ outcome: string; message?: MessageId }>): MessageId {
  expect(written.outcome).toBe('written')
  return written.message as MessageId
}
