import { setTimeout as sleep } from 'node:timers/promises'
import { describe, it } from 'vitest'
import { aHouseAt, anOpenHouse, type House, never } from './slack-house.ts'
import { aWrite, grow, heard } from './writing.ts'

describe.concurrent('a message of our own account', () => {
  it('is told when another process with the same token sent it, be it posted, streamed or a file', async ({
    expect,
  }) => {
    await using one = await anOpenHouse({ parts: { dmStyle: 'threads' }, rules: { retryDelaysMs: [20, 50, 100, 200] } })
    const dm = await heard(one, 'dm', 'hello')
    const talk = await heard(one, '#general', '@Aeries hello')
    const other = aHouseAt(one.server, one.harbour, { dmStyle: 'threads' })
    await other.adapter.start(other.inbox, never)
    await one.adapter.closeDoor()
    const streamed = await grow(dm.surface, ['Once', 'Once upon a time.'], 'a:0')
    const posted = await grow(talk.surface, ['Hello.'], 'b:0')
    const attached = await talk.surface.attach({ name: 'rest.md', content: 'the rest' }, 'file', never)
    expect(attached.outcome).toBe('written')
    await one.server.deliveries.idle()
    await expect.poll(() => ownIn(other).length).toBe(3)
    const told = new Map(ownIn(other).map(event => [event.message, event]))
    expect(told.get(streamed)).toMatchObject({ type: 'own', platform: 'slack', place: dm.place })
    expect(told.get(posted)).toMatchObject({ place: talk.place })
    expect(Math.abs((told.get(posted)?.at.getTime() ?? 0) - Date.now())).toBeLessThan(60_000)
    // Told again, it is no news.
    for (const delivery of one.server.deliveries.all()) await one.server.deliveries.repeat(delivery)
    await heard(other, 'dm', 'and now?')
    await sleep(1_200)
    expect(ownIn(other)).toHaveLength(3)
    expect(ownIn(one)).toEqual([])
    await other.adapter[Symbol.asyncDispose]()
  })

  it('is never told to who sent it, also when the answer to its start comes late or never', async ({ expect }) => {
    await using house = await anOpenHouse({ parts: { dmStyle: 'threads', timing: { requestMs: 1_500 } } })
    const { faults } = house.server
    faults.add({ kind: 'slow', ms: 1_300, accepted: true, method: 'chat.startStream', times: 1 })
    const slow = await heard(house, 'dm', 'hello')
    await grow(slow.surface, ['Once', 'Once upon a time.'], 'a:0')
    faults.add({ kind: 'hang', ms: 3_000, accepted: true, method: 'chat.startStream', times: 1 })
    const lost = await heard(house, 'dm', 'again')
    await grow(lost.surface, ['Twice', 'Twice upon a time.'], 'b:0')
    faults.add({ kind: 'reset', accepted: true, method: 'chat.postMessage', times: 1 })
    const post = await heard(house, '#general', '@Aeries hello')
    await grow(post.surface, ['Hello.'], 'c:0')
    await post.surface.attach({ name: 'rest.md', content: 'the rest' }, 'file', never)
    await house.server.deliveries.idle()
    await sleep(2_500)
    expect(ownIn(house)).toEqual([])
  })

  it('is not told when Slack says it in our name, or when it answers a command or one person alone', async ({
    expect,
  }) => {
    await using house = await anOpenHouse()
    const { server, harbour } = house
    const { surface } = await heard(house, '#general', '@Aeries hello')
    const usual = { type: 'message', user: harbour.botUser, channel: harbour.general, channel_type: 'channel' }
    const odd = [
      { ...usual, subtype: 'channel_join', text: '<@U1> has joined', ts: '1700000000.000100' },
      { ...usual, subtype: 'bot_message', bot_id: 'B1', text: 'Done.', ts: '1700000000.000200' },
      { ...usual, is_ephemeral: true, bot_id: 'B1', text: 'For you alone.', ts: '1700000000.000300' },
    ]
    for (const [at, event] of odd.entries()) {
      const payload = { type: 'event_callback', event_id: `Ev${at}`, team_id: harbour.team, authorizations: [], event }
      await server.deliveries.tell({ kind: 'events_api', name: 'message.channels', teamId: harbour.team, payload })
    }
    expect((await surface.write(aWrite({ phase: 'final' }), never)).outcome).toBe('written')
    await server.deliveries.idle()
    await sleep(1_300)
    expect(ownIn(house)).toEqual([])
  })
})

function ownIn({ inbox }: House) {
  return inbox.events.filter(event => event.type === 'own')
}
