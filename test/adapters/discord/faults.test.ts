import { describe, expect, it } from 'vitest'
import type { MessageEvent } from '#src/core/event.ts'
import { type MessageId, nativeMessageId } from '#src/core/ids.ts'
import type { Write } from '#src/core/surface.ts'
import { anOpenHouse, type House, never } from './discord-house.ts'

type Written = Readonly<{
  house: House
  event: MessageEvent
  message: MessageId
  edit: () => Promise<unknown>
  more: () => Promise<unknown>
}>

describe('in the middle of an answer on Discord', () => {
  it('a message that somebody deletes ends it', async () => {
    await using house = await anOpenHouse()
    const { message, edit } = await begun(house, '#general')
    house.server.people.delete('mira', nativeMessageId(message))
    expect(await edit()).toMatchObject(gone('the message is gone'))
    expect((await house.inbox.next('deleted')).messages).toEqual([message])
  })

  it('a channel that is deleted ends it, and the house hears of the place', async () => {
    await using house = await anOpenHouse()
    const { edit, more, event } = await begun(house, '#general')
    house.server.places.deleteChannel('#general')
    expect(await edit()).toMatchObject(gone('the channel is gone'))
    expect(await more()).toMatchObject(gone('the channel is gone'))
    const { workspace, channel, thread } = await house.inbox.next('gone')
    expect({ workspace, channel, thread }).toEqual({ ...whereabouts(event), thread: undefined })
  })

  it('a thread that is deleted ends it, and only the thread is gone', async () => {
    await using house = await anOpenHouse()
    const { id } = house.server.places.createThread('#general', { name: 'talk', by: 'mira' })
    const { edit, event } = await begun(house, id)
    house.server.places.deleteChannel(id)
    expect(await edit()).toMatchObject(gone('the channel is gone'))
    const { workspace, channel, thread } = await house.inbox.next('gone')
    expect({ workspace, channel, thread }).toEqual({ ...whereabouts(event), thread: id })
  })

  it('a permission that is taken away ends what needs it, and names it', async () => {
    await using house = await anOpenHouse()
    const { edit, more } = await begun(house, '#general')
    house.server.places.deny('#general', 'Aeries', ['sendMessages'])
    expect(await edit()).toMatchObject({ outcome: 'written' })
    expect(await more()).toMatchObject(gone('Send Messages'))
    house.server.places.deny('#general', 'Aeries', ['viewChannel'])
    expect(await edit()).toMatchObject(gone('View Channel'))
  })

  it('being thrown out of the server ends it, and the house hears of that', async () => {
    await using house = await anOpenHouse()
    const { edit, more, event } = await begun(house, '#general')
    house.server.scene.leaveGuild('bot')
    expect(await edit()).toMatchObject(gone('may not see the channel'))
    expect(await more()).toMatchObject(gone('may not see the channel'))
    const { workspace, channel } = await house.inbox.next('gone')
    expect({ workspace, channel }).toEqual({ workspace: event.place.workspace, channel: undefined })
  })

  it('a DM that is closed ends what is still to be sent', async () => {
    await using house = await anOpenHouse()
    const { more } = await begun(house, 'dm')
    house.server.scene.setAcceptsDms('mira', false)
    expect(await more()).toMatchObject(gone('takes no direct messages'))
  })

  it.each(['user', 'shared', 'global'] as const)(
    'a limit of ten minutes is told as long as it is (scope %s)',
    async scope => {
      await using house = await anOpenHouse()
      const { edit } = await begun(house, 'dm')
      house.server.faults.add({ kind: 'rate-limit', retryAfterMs: 600_000, scope, times: 1 })
      expect(await edit()).toMatchObject({ outcome: 'rate-limited', retryAfterMs: expect.closeTo(600_000, -4) })
    },
  )

  it('a limit over all routes holds the other answers, too', async () => {
    await using house = await anOpenHouse()
    const { edit } = await begun(house, 'dm')
    const beside = await begun(house, '#general')
    house.server.faults.add({ kind: 'rate-limit', retryAfterMs: 600_000, scope: 'global', times: 1 })
    await edit()
    expect(await beside.edit()).toMatchObject({ outcome: 'rate-limited' })
    await house.clock.advance(1)
    expect(house.server.log.filter(({ status }) => status === 429)).toHaveLength(1)
  })

  it('a storm of 5xx and broken lines leaves every write open, and none doubled', async () => {
    await using house = await anOpenHouse()
    const { edit, more } = await begun(house, 'dm')
    for (const accepted of [true, false]) {
      house.server.faults.add({ kind: 'error', status: 502, accepted, times: 2 })
      house.server.faults.add({ kind: 'reset', accepted, times: 2 })
      for (let tries = 0; tries < 2; tries += 1) {
        expect(await edit()).toMatchObject({ outcome: 'unknown' })
        expect(await more()).toMatchObject({ outcome: 'unknown' })
      }
    }
    expect(await more()).toMatchObject({ outcome: 'written' })
    expect(house.server.people.messages('dm:mira').map(({ content }) => content)).toEqual(['hello', 'One two', 'More'])
  })

  it('a ban of the address leaves Discord alone altogether, until it is over', async () => {
    await using house = await anOpenHouse({ rules: { invalidRequests: { limit: 1, windowMs: 600_000 } } })
    const { edit } = await begun(house, '#general')
    house.server.places.deny('#general', 'Aeries', ['viewChannel'])
    expect(await edit()).toMatchObject({ outcome: 'gone' })
    expect(await edit()).toMatchObject({ outcome: 'rate-limited', retryAfterMs: expect.closeTo(600_000, -4) })
    const asked = house.server.log.length
    const beside = house.adapter.surface(
      { ...dmPlace, channel: house.server.places.openDm('mira').id },
      'discord:-:1/1' as MessageId,
    )
    expect(await beside.write(aWrite({}), never)).toMatchObject({ outcome: 'rate-limited' })
    expect(house.server.log).toHaveLength(asked)
  })
})

describe('a dead line to Discord', () => {
  it('is noticed by the missing echo of a heartbeat, said, and resumed', async () => {
    await using house = await anOpenHouse({ rules: { heartbeatIntervalMs: 150 } })
    const resumed = house.server.events.next(
      event => (event.type === 'gateway' && event.state === 'resumed') || undefined,
    )
    house.server.gateway.zombify()
    house.server.people.say('mira', 'dm', 'do you hear me?')
    await resumed
    expect((await house.inbox.next('message')).message.text).toBe('do you hear me?')
    await expect.poll(() => house.adapter.health()).toEqual({ state: 'connected' })
    expect(house.log.lines.map(({ event }) => event)).toEqual([
      'discord connected',
      'discord reconnects',
      'discord is back',
    ])
  })

  it('takes nothing from answers: REST goes on', async () => {
    await using house = await anOpenHouse()
    const { edit } = await begun(house, 'dm')
    house.server.gateway.setRefusing(true)
    house.server.gateway.drop()
    await expect.poll(() => house.adapter.health().state).toBe('connecting')
    expect(await edit()).toMatchObject({ outcome: 'written' })
  })
})

const dmPlace = { platform: 'discord', workspace: undefined, channel: '', thread: undefined, audience: 'dm' } as const

async function begun(house: House, place: string): Promise<Written> {
  house.server.people.say('mira', place, place === 'dm' ? 'hello' : '@Aeries hello')
  const event = await house.inbox.next('message')
  const written = await event.surface.write(aWrite({}), never)
  expect(written.outcome).toBe('written')
  const message = (written as { message: MessageId }).message
  const edit = () => event.surface.write(aWrite({ phase: 'interim', text: 'One two', message }), never)
  const more = () => event.surface.write(aWrite({ key: 'turn.1', part: 1, text: 'More' }), never)
  return { house, event, message, edit, more }
}

function gone(words: string) {
  return { outcome: 'gone', cause: { message: expect.stringContaining(words) } }
}

function whereabouts({ place: { workspace, channel } }: MessageEvent) {
  return { workspace, channel }
}

function aWrite(sketch: Partial<Write>): Write {
  return { key: 'turn.0', part: 0, phase: 'first', text: 'One', ...sketch }
}
