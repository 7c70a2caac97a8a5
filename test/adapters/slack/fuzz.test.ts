import fc from 'fast-check'
import { describe, expect, it, onTestFinished } from 'vitest'
import { listSchema } from '#adapters/slack/wire.ts'
import type { Event } from '#src/core/event.ts'
import { anOpenHouse, type House } from './slack-house.ts'

type Json = Readonly<Record<string, unknown>>

describe('whatever Slack tells', () => {
  it.each([1, 2, 3])(
    'leaves the process and its lines alive, and tells nothing that is not so (seed %i)',
    async seed => {
      await using house = await anOpenHouse()
      const escaped: unknown[] = []
      const keep = (error: unknown) => escaped.push(error)
      process.on('unhandledRejection', keep)
      onTestFinished(() => void process.off('unhandledRejection', keep))
      const { deliveries } = house.server
      house.server.rules.retryDelaysMs = []
      const told = fc.sample(mutated(payloadsOf(house)), { numRuns: 250, seed })
      await Promise.all(
        told.map(({ kind, payload }) => deliveries.tell({ kind, name: 'odd', teamId: house.harbour.team, payload })),
      )
      house.server.people.say('mira', 'dm', 'still there?')
      const isThere = (event: Event) => event.type === 'message' && event.message.text === 'still there?'
      await expect.poll(() => house.inbox.events.some(isThere)).toBe(true)
      expect(escaped).toEqual([])
      for (const event of house.inbox.events) expectSound(event, house)
      expect(house.inbox.events.length).toBeGreaterThan(15)
      expect(house.adapter.health()).toEqual({ state: 'connected' })
    },
  )

  it('is passed over in a history, and takes no sound message with it', async () => {
    await using house = await anOpenHouse()
    const [message] = payloadsOf(house) as [Told, ...Told[]]
    const whole = (message.payload as { event: Json }).event
    fc.assert(
      fc.property(fc.array(mutated([{ kind: 'events_api', payload: whole }]), { maxLength: 5 }), odds => {
        const { messages } = listSchema.parse({ messages: [...odds.map(({ payload }) => payload), whole] })
        expect(messages.at(-1)).toMatchObject({ text: whole['text'], ts: whole['ts'] })
        for (const { ts } of messages) expect(ts).toMatch(/^\d+\.\d+$/)
      }),
      { numRuns: 200 },
    )
  })
})

type Told = Readonly<{ kind: 'events_api' | 'interactive'; payload: Json }>

/** One of each kind of happening, whole. */
function payloadsOf({ harbour, server }: House): readonly Told[] {
  const { team, botUser, general, mira, jonas } = harbour
  const where = { channel: general, channel_type: 'channel' }
  const said = {
    ...where,
    type: 'message',
    user: mira,
    ts: '1700000000.000100',
    thread_ts: '1700000000.000001',
    parent_user_id: botUser,
    text: `<@${botUser}> what of <#${general}|general> and <@${jonas}>? <https://a.example|a>`,
    files: [{ id: 'F1', name: 'plan.pdf', title: 'Plan', mimetype: 'application/pdf', size: 4 }],
    attachments: [{ text: 'shared', is_share: true, ts: '1700000000.000002', channel_id: general, author_id: jonas }],
    metadata: { event_type: 'aeries_reply', event_payload: { key: 'k' } },
    reply_users: [mira],
  }
  const edited = { ...said, text: `<@${botUser}> anew`, edited: { user: mira, ts: '1700000001.000100' } }
  const events: readonly Json[] = [
    said,
    { ...said, type: 'app_mention' },
    { ...said, user: botUser, bot_id: 'B1' },
    {
      ...where,
      type: 'message',
      subtype: 'message_changed',
      ts: '1700000001.000200',
      message: edited,
      previous_message: said,
    },
    { ...where, type: 'message', subtype: 'message_deleted', ts: '1700000002.000100', deleted_ts: '1700000000.000100' },
    ...['reaction_added', 'reaction_removed'].map(type => ({
      type,
      user: mira,
      reaction: 'eyes',
      item_user: botUser,
      event_ts: '1700000003.000100',
      item: { type: 'message', channel: general, ts: '1700000000.000100' },
    })),
    {
      type: 'agent_session_stopped',
      user: mira,
      channel: general,
      thread_ts: '1700000000.000001',
      streaming_message_ts: ['1700000000.000100'],
      event_ts: '1700000003.000100',
    },
    { type: 'app_home_opened', user: mira, channel: general, tab: 'home' },
    { type: 'channel_left', channel: 'C0ELSEWHERE', event_ts: '1700000003.000100' },
  ]
  const envelope = { type: 'event_callback', team_id: team, event_time: 1_700_000_000, is_ext_shared_channel: false }
  const authorizations = [{ team_id: team, user_id: botUser, is_bot: true }]
  const click = {
    type: 'block_actions',
    api_app_id: server.app.id,
    team: { id: team },
    user: { id: mira, team_id: team },
    channel: { id: general },
    container: { message_ts: '1700000000.000100', thread_ts: '1700000000.000001' },
    actions: [{ action_id: 'feedback', action_ts: '1700000004.000100', value: 'good', type: 'button' }],
  }
  return [
    ...events.map((event, at): Told => {
      return { kind: 'events_api', payload: { ...envelope, authorizations, event_id: `Ev${at}`, event } }
    }),
    { kind: 'interactive', payload: click },
  ]
}

const odd = fc.constantFrom<unknown>(
  undefined,
  null,
  '',
  'x',
  0,
  -1,
  7.5,
  true,
  [],
  [null],
  {},
  { a: 1 },
  '<@U1>',
  '1.2.3',
)

/** Some of these, each with some fields missing, null, or of another kind. */
function mutated(whole: readonly Told[]): fc.Arbitrary<Told> {
  const change = fc.record({ at: fc.nat({ max: 1_000 }), value: odd })
  return fc
    .tuple(fc.constantFrom(...whole), fc.array(change, { minLength: 1, maxLength: 3 }))
    .map(([told, changes]) => {
      const payload = changes.reduce((json, { at, value }) => changed(json, at, value), told.payload)
      return { ...told, payload }
    })
}

function changed(json: Json, at: number, value: unknown): Json {
  const paths = pathsIn(json, [])
  const path = paths[at % Math.max(1, paths.length)] ?? []
  return (put(json, path, value) ?? {}) as Json
}

function pathsIn(value: unknown, path: readonly string[]): readonly (readonly string[])[] {
  if (typeof value !== 'object' || value === null) return [path]
  const below = Object.entries(value).flatMap(([key, one]) => pathsIn(one, [...path, key]))
  return path.length === 0 ? below : [path, ...below]
}

function put(into: unknown, [key, ...rest]: readonly string[], value: unknown): unknown {
  if (key === undefined) return value
  if (Array.isArray(into)) return into.map((one, at) => (String(at) === key ? put(one, rest, value) : one))
  const { [key]: before, ...others } = into as Json
  const after = put(before, rest, value)
  return after === undefined ? others : { ...others, [key]: after }
}

function expectSound(event: Event, { harbour }: House): void {
  if ('key' in event) expect(event.key).toMatch(/^slack:[a-z]+:\S+$/)
  if ('at' in event) expect(event.at.getTime()).not.toBeNaN()
  if ('person' in event) {
    expect(event.person.id.startsWith(`slack:${harbour.team}:`)).toBe(true)
    expect(event.person.id).not.toMatch(/undefined|null|\[object/)
    expect(event.person.id).not.toBe(`slack:${harbour.team}:${harbour.botUser}`)
    expect(event.person.name).not.toBe('')
  }
  if ('place' in event) {
    const { workspace, channel, thread, audience } = event.place
    expect(workspace).toBe(harbour.team)
    expect(channel).not.toMatch(/undefined|null|\[object/)
    if (thread !== undefined) expect(thread).toMatch(/^\d+\.\d+$/)
    // Whoever takes a channel for a DM learns and tells what is not meant for that.
    if (channel === harbour.general) expect(audience).not.toBe('dm')
  }
  for (const id of idsIn(event)) expect(id).toMatch(/^slack:\S+\/\d+\.\d+$/)
  if (event.type === 'message') {
    expect(JSON.stringify({ ...event, surface: undefined })).not.toMatch(/undefined|\[object/)
  }
}

function idsIn(event: Event): readonly string[] {
  if (event.type === 'message') return [event.message.id]
  if (event.type === 'deleted') return event.messages
  return 'message' in event && typeof event.message === 'string' ? [event.message] : []
}
