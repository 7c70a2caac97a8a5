import { setTimeout as sleep } from 'node:timers/promises'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { ConfigError } from '#src/core/errors.ts'
import { eventKey } from '#src/core/ids.ts'
import { ManualClock } from '#test/support/manual-clock.ts'
import { aHouse, anOpenHouse, type House, never } from './slack-house.ts'

const unhandled: unknown[] = []
const note = (reason: unknown) => void unhandled.push(reason)

beforeEach(() => void process.on('unhandledRejection', note))
afterEach(async () => {
  // Rejections are told a turn of the loop later.
  await sleep(0)
  process.off('unhandledRejection', note)
  expect(unhandled.splice(0)).toEqual([])
})

describe('the lines to Slack', () => {
  it('are two, and both are gone when the door is closed', async () => {
    await using house = await anOpenHouse()
    await house.server.watch.connected(2)
    await house.adapter.closeDoor()
    await expect.poll(() => house.server.sockets.open).toHaveLength(0)
  })

  it('tell what was acknowledged before the door is closed, though a name has to be asked for', async () => {
    await using house = await anOpenHouse()
    house.server.faults.add({ kind: 'slow', ms: 200, method: 'users.info' })
    house.server.people.say('mira', 'dm', 'just in time')
    await house.server.deliveries.idle()
    expect(house.inbox.events).toEqual([])
    await house.adapter.closeDoor()
    expect(textsIn(house)).toEqual(['just in time'])
  })

  it('tell it with what is known when Slack does not answer, and hold up no stop', async () => {
    await using house = await anOpenHouse({ parts: { timing: { requestMs: 600_000 } } })
    house.server.faults.add({ kind: 'hang', method: 'conversations.history' })
    house.server.people.say('mira', 'dm', 'in which of its ways is this answered?')
    await house.server.deliveries.idle()
    expect(house.inbox.events).toEqual([])
    await house.adapter.closeDoor()
    expect(textsIn(house)).toEqual(['in which of its ways is this answered?'])
  })

  it('acknowledge a burst of 200 events in time, and tell each of them once', async () => {
    await using house = await anOpenHouse()
    await house.server.watch.connected(2)
    const texts = Array.from({ length: 200 }, (_, at) => `message ${at}`)
    for (const text of texts) house.server.people.say('mira', '#general', `@Aeries ${text}`)
    await house.server.deliveries.idle()
    await expect.poll(() => house.inbox.events.length).toBe(200)
    expect(new Set(textsIn(house))).toEqual(new Set(texts))
    const told = house.server.deliveries.all()
    expect(told).toHaveLength(400)
    expect(told.every(({ attempts }) => attempts.length === 1 && (attempts[0]?.tookMs ?? 0) < 3_000)).toBe(true)
  })

  it('acknowledge a burst before its events are worked on, however long that takes', async () => {
    await using house = await anOpenHouse()
    await house.server.watch.connected(2)
    house.server.people.say('mira', '#general', 'so that names are known')
    await house.inbox.next('message')
    const tell = house.inbox.event.bind(house.inbox)
    house.inbox.event = event => {
      for (const until = Date.now() + 8; Date.now() < until; );
      tell(event)
    }
    for (let at = 0; at < 200; at += 1) house.server.people.say('mira', '#general', `@Aeries ${at}`)
    await house.server.deliveries.idle()
    expect(house.inbox.events.length).toBeLessThan(150)
    await expect.poll(() => house.inbox.events.length).toBe(201)
    expect(house.server.deliveries.all().every(({ attempts }) => attempts.length === 1)).toBe(true)
  })

  it('meet no limit when 200 people speak at once, and know their names as soon as Slack lets them', async () => {
    const clock = new ManualClock(new Date())
    await using house = await anOpenHouse({ parts: { clock } })
    await house.server.watch.connected(2)
    const names = Array.from({ length: 200 }, (_, at) => `Person ${at}`)
    for (const name of names) house.server.scene.createPerson({ name })
    for (const name of names) {
      house.server.scene.invite('#general', name)
      house.server.people.say(name, '#general', `I am ${name}.`)
    }
    await house.server.deliveries.idle()
    await expect.poll(() => house.inbox.events.length).toBe(200)
    expect(house.server.log.filter(({ retryAfterS }) => retryAfterS !== undefined)).toEqual([])
    const unnamed = house.inbox.events.flatMap(event =>
      event.type === 'message' && event.person.name === 'somebody' ? [event.message.text] : [],
    )
    expect(unnamed).toHaveLength(110)
    await clock.advance(60_000)
    house.server.rules.limitsOn = false
    house.server.people.say('Person 199', '#general', 'hello')
    await expect.poll(() => house.inbox.events.length).toBe(201)
    expect(house.inbox.events.at(-1)).toMatchObject({ person: { name: 'Person 199' } })
  })

  it('lose nothing over 20 requests to move during traffic', async () => {
    await using house = await anOpenHouse({ rules: { retryDelaysMs: [20, 50, 100, 200, 400, 800, 1_600] } })
    await house.server.watch.connected(2)
    const sent: string[] = []
    const storm = house.server.delivering.storm({ times: 20, everyMs: 60 })
    let storming = true
    void storm.then(() => {
      storming = false
    })
    while (storming) {
      sent.push(`message ${sent.length}`)
      house.server.people.say('mira', 'dm', sent.at(-1) ?? '')
      await sleep(7)
    }
    await house.server.deliveries.idle()
    await expect.poll(() => new Set(textsIn(house)).size).toBe(sent.length)
    expect(house.server.deliveries.all().every(({ state }) => state === 'acknowledged')).toBe(true)
    await expect.poll(() => house.adapter.health()).toEqual({ state: 'connected' })
  })

  it('hear everything while one of them is asked to move', async () => {
    await using house = await anOpenHouse()
    await house.server.watch.connected(2)
    for (let round = 0; round < 5; round += 1) {
      const [oldest] = house.server.sockets.open
      house.server.sockets.disconnect('refresh_requested', 1_000, oldest?.name)
      house.server.people.say('mira', 'dm', `round ${round}`)
      await house.inbox.next('message')
      await house.server.watch.connected(2)
    }
    const attempts = house.server.deliveries.all().map(one => one.attempts.length)
    expect(attempts).toEqual([1, 1, 1, 1, 1])
  })

  it('are not let go of before their successors stand, however long that takes', async () => {
    await using house = await anOpenHouse()
    await house.server.watch.connected(2)
    house.server.sockets.helloDelayMs = 100
    const before = house.server.sockets.open.map(({ name }) => name)
    house.server.sockets.disconnect('warning')
    for (let at = 0; at < 20; at += 1) {
      house.server.people.say('mira', 'dm', `message ${at}`)
      await house.inbox.next('message')
      await sleep(10)
    }
    for (const name of before) house.server.sockets.disconnect('refresh_requested', 0, name)
    await expect.poll(() => house.server.sockets.open.filter(({ name }) => before.includes(name))).toEqual([])
    expect(house.server.deliveries.all().every(({ attempts }) => attempts.length === 1)).toBe(true)
  })

  it('are opened again when both break without a word', async () => {
    await using house = await anOpenHouse({ rules: { retryDelaysMs: [100, 500, 2_000] } })
    await house.server.watch.connected(2)
    house.server.sockets.drop()
    house.server.people.say('mira', 'dm', 'is anybody there?')
    expect((await house.inbox.next('message')).message.text).toBe('is anybody there?')
    expect(house.adapter.health()).toEqual({ state: 'connected' })
  })

  it('notice a peer that is dead though the line stands', async () => {
    await using house = await anOpenHouse({ parts: { timing: { pingMs: 300 } } })
    await house.server.watch.connected(2)
    const before = new Set(house.server.sockets.open.map(({ name }) => name))
    house.server.sockets.mute(true)
    const isNew = () => house.server.sockets.open.filter(({ name }) => !before.has(name)).length
    await expect.poll(isNew).toBeGreaterThanOrEqual(2)
  })

  it('outlive an envelope without an event, and acknowledge it', async () => {
    await using house = await anOpenHouse()
    house.server.deliveries.tellRateLimited(house.harbour.team)
    const told = await house.server.watch.delivered('app_rate_limited')
    expect(told.state).toBe('acknowledged')
    house.server.people.say('mira', 'dm', 'still there?')
    await house.inbox.next('message')
    expect(house.log.lines.map(({ event }) => event)).toContain('slack sends too many events to be heard')
  })

  it('outlive events that nobody understands', async () => {
    await using house = await anOpenHouse()
    const payload = { type: 'event_callback', event_id: 'Ev1', team_id: house.harbour.team, authorizations: [] }
    for (const event of [{ type: 'message' }, { type: 'reaction_added', user: 7 }, { type: 'team_join' }]) {
      await house.server.deliveries.tell({
        kind: 'events_api',
        name: 'odd',
        teamId: house.harbour.team,
        payload: { ...payload, event },
      })
    }
    house.server.people.say('mira', 'dm', 'still there?')
    expect((await house.inbox.next('message')).message.text).toBe('still there?')
    expect(house.inbox.events).toHaveLength(1)
  })

  it('bring no event of a workspace whose token they do not have', async () => {
    await using house = await anOpenHouse()
    const message = { type: 'message', user: 'U1', text: 'hello', channel: 'D1', channel_type: 'im', ts: '1.2' }
    const team_id = 'T0NOTOURS'
    const whose = { team_id, event_id: 'Ev1', authorizations: [{ team_id, user_id: 'U2', is_bot: true }] }
    const payload = { type: 'event_callback', ...whose, event: message }
    await house.server.deliveries.tell({ kind: 'events_api', name: 'message.im', teamId: team_id, payload })
    house.server.people.say('mira', 'dm', 'ours')
    expect((await house.inbox.next('message')).message.text).toBe('ours')
    expect(house.inbox.events).toHaveLength(1)
  })

  it('give a repeated event the same key, also in another process', async () => {
    await using house = await anOpenHouse()
    const { ts } = house.server.people.say('mira', 'dm', 'hello')
    const { key, place } = await house.inbox.next('message')
    expect(key).toBe(eventKey('slack', 'message', `${place.channel}:${ts}`))
  })
})

describe('the start', () => {
  it('ends with cause and cure when the bot token is refused', async () => {
    await using house = await aHouse({ parts: { access: { type: 'token', botToken: 'xoxb-nobody' } } })
    const starting = house.adapter.start(house.inbox, never)
    await expect(starting).rejects.toThrow(ConfigError)
    await expect(starting).rejects.toThrow(/SLACK_BOT_TOKEN was refused \(invalid_auth\).*install it/)
  })

  it('ends with cause and cure when the app token is refused', async () => {
    await using house = await aHouse({ parts: { delivery: { type: 'socket', appToken: 'xapp-nobody' } } })
    const starting = house.adapter.start(house.inbox, never)
    await expect(starting).rejects.toThrow(ConfigError)
    await expect(starting).rejects.toThrow(/SLACK_APP_TOKEN was refused \(invalid_auth\).*connections:write/)
    expect(house.adapter.health().state).toBe('connecting')
  })

  it('waits for a Slack that is away, and ends when it is told to', async () => {
    await using house = await aHouse({ parts: { apiUrl: 'http://127.0.0.1:9/api/' } })
    const stop = new AbortController()
    const starting = house.adapter.start(house.inbox, stop.signal)
    await expect.poll(() => house.log.lines.map(({ event }) => event)).toContain('slack is not reachable')
    stop.abort(new Error('never mind'))
    await expect(starting).rejects.toThrow('never mind')
  })

  it('tries again when Slack has troubles of its own', async () => {
    await using house = await aHouse()
    house.server.faults.add({ kind: 'error', status: 503, method: 'apps.connections.open', times: 1 })
    await house.adapter.start(house.inbox, never)
    expect(house.adapter.health()).toEqual({ state: 'connected' })
  })

  it('does not wait for a line that opens and never greets', async () => {
    await using house = await aHouse()
    house.server.sockets.helloDelayMs = 60_000
    const stop = new AbortController()
    const starting = house.adapter.start(house.inbox, stop.signal)
    await expect.poll(() => house.server.log.length).toBeGreaterThan(1)
    stop.abort(new Error('enough'))
    await expect(starting).rejects.toThrow('enough')
  })

  it('says which permissions are missing, and goes on', async () => {
    await using house = await aHouse({ app: { scopes: ['chat:write', 'im:history', 'app_mentions:read'] } })
    await house.adapter.start(house.inbox, never)
    const [warning] = house.log.lines.filter(({ event }) => event === 'slack lets Aeries do less than it should')
    expect(warning?.fields['missing']).toContain('users:read')
    expect(warning?.fields['missing']).not.toContain('chat:write')
  })
})

describe('a token that is taken back', () => {
  it('is told as gone and as lost, with cause and cure, once', async () => {
    await using house = await anOpenHouse()
    house.server.scene.uninstall('Harbour')
    const event = await house.inbox.next('gone')
    expect(event).toMatchObject({ platform: 'slack', workspace: house.harbour.team, channel: undefined })
    await house.server.deliveries.idle()
    expect(house.inbox.events).toHaveLength(1)
    const errors = house.log.lines.filter(({ level }) => level === 'error')
    expect(errors).toHaveLength(1)
    expect(String(errors[0]?.fields['cause'])).toMatch(/SLACK_BOT_TOKEN was refused.*set the new/)
    expect(house.adapter.health()).toMatchObject({ state: 'lost', cause: expect.stringMatching(/install it/) })
  })

  it('is noticed by a write that it refuses', async () => {
    await using house = await anOpenHouse()
    house.server.people.say('mira', 'dm', 'hello')
    const { surface } = await house.inbox.next('message')
    house.server.faults.add({ kind: 'refuse', error: 'token_revoked', method: 'chat.postMessage' })
    const outcome = await surface.write({ key: 'turn:0', part: 0, phase: 'first', text: 'Once' }, never)
    expect(outcome.outcome).toBe('gone')
    expect(house.adapter.health().state).toBe('lost')
  })
})

describe('a Slack that lets nobody connect', () => {
  it('is tried again and again, and events flow when it is back', async () => {
    await using house = await anOpenHouse()
    await house.server.watch.connected(2)
    house.server.faults.add({ kind: 'reset', method: 'apps.connections.open' })
    house.server.sockets.drop()
    await expect.poll(() => house.adapter.health().state).toBe('connecting')
    await expect.poll(() => house.log.lines.map(({ event }) => event)).toContain('slack is not reachable')
    house.server.faults.clear()
    await house.server.watch.connected(1)
    house.server.people.say('mira', 'dm', 'hello again')
    expect((await house.inbox.next('message')).message.text).toBe('hello again')
  })

  it('is lost with cause and cure when it refuses the app token, and found again when it takes it', async () => {
    await using house = await anOpenHouse()
    await house.server.watch.connected(2)
    house.server.faults.add({ kind: 'refuse', error: 'invalid_auth', method: 'apps.connections.open' })
    house.server.sockets.drop()
    await expect
      .poll(() => house.adapter.health())
      .toMatchObject({
        state: 'lost',
        cause: expect.stringMatching(/SLACK_APP_TOKEN was refused/),
      })
    house.server.faults.clear()
    await expect.poll(() => house.adapter.health().state).toBe('connected')
    expect(house.log.lines.filter(({ level }) => level === 'error')).toHaveLength(1)
  })
})

function textsIn({ inbox }: House): readonly string[] {
  return inbox.events.flatMap(event => (event.type === 'message' ? [event.message.text] : []))
}
