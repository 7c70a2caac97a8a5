import type { GatewayDispatchPayload } from 'discord.js'
import fc from 'fast-check'
import { describe, expect, it, onTestFinished } from 'vitest'
import type { DiscordApi } from '#adapters/discord/discord-api.ts'
import { channelOf, eventOf } from '#adapters/discord/events.ts'
import { readMissed } from '#adapters/discord/missed.ts'
import { isMisplaced } from '#adapters/discord/place-of.ts'
import { SpareRequests } from '#adapters/discord/spare-requests.ts'
import { soundPacket } from '#adapters/discord/wire.ts'
import type { Event } from '#src/core/event.ts'
import { KeptLog } from '#test/support/kept-log.ts'
import { ManualClock } from '#test/support/manual-clock.ts'
import { aeries, aeriesUser, aMessage, aScene, general, guild, mira, tom } from './a-message.ts'
import { anOpenHouse, type House, never } from './discord-house.ts'

type Json = Readonly<Record<string, unknown>>

const message = '600000000000000001'
const emoji = { id: null, name: '👍' }
const where = { channel_id: general, guild_id: guild }
const reacted = {
  ...where,
  user_id: mira.id,
  message_id: message,
  emoji,
  burst: false,
  type: 0,
  member: { user: mira, roles: [] },
}
const said = {
  ...aMessage({
    content: `<@${aeries}> what of <#${general}> and <@${tom.id}>?`,
    mentions: [aeriesUser, tom] as never,
  }),
  member: { nick: 'Mi', roles: [], joined_at: null, deaf: false, mute: false, flags: 0 },
  attachments: [{ id: '1', filename: 'plan.pdf', size: 1, url: 'https://example.org', proxy_url: '' }],
  embeds: [{ title: 'a card' }],
  sticker_items: [{ id: '1', name: 'wave', format_type: 1 }],
  type: 19,
  message_reference: { message_id: message, channel_id: general, guild_id: guild },
  referenced_message: aMessage({ author: aeriesUser, content: 'I said' }),
}
const tap = {
  ...where,
  id: '700000000000000001',
  application_id: aeries,
  token: 'token',
  type: 3,
  version: 1,
  data: { component_type: 2, custom_id: 'answer-now' },
  member: { user: mira, nick: null, roles: [], permissions: '0' },
  message: aMessage({ author: aeriesUser }),
}

const packets: readonly (readonly [name: string, payload: Json])[] = [
  ['MESSAGE_CREATE', said],
  ['MESSAGE_UPDATE', { ...said, edited_timestamp: '2026-11-20T10:01:00.000000+00:00' }],
  ['MESSAGE_DELETE', { ...where, id: message }],
  ['MESSAGE_DELETE_BULK', { ...where, ids: [message] }],
  ['MESSAGE_REACTION_ADD', reacted],
  ['MESSAGE_REACTION_REMOVE', reacted],
  ['MESSAGE_REACTION_REMOVE_ALL', { ...where, message_id: message }],
  ['MESSAGE_REACTION_REMOVE_EMOJI', { ...where, message_id: message, emoji }],
  ['GUILD_DELETE', { id: guild, unavailable: true }],
  ['CHANNEL_DELETE', { id: general, guild_id: guild, type: 0 }],
  ['THREAD_DELETE', { id: message, guild_id: guild, parent_id: general, type: 11 }],
  ['INTERACTION_CREATE', tap],
]

const odd = fc.oneof(
  fc.constantFrom(
    null,
    '',
    0,
    -1,
    1.5,
    true,
    false,
    [],
    {},
    [null],
    'x'.repeat(3_000),
    '\u0000',
    '__proto__',
    Number.MAX_VALUE,
  ),
  fc.jsonValue({ maxDepth: 2 }),
)

/** A dispatch with up to three of its fields, at any depth, missing or odd. */
const mutated = fc
  .tuple(
    fc.constantFrom(...packets),
    fc.array(fc.tuple(fc.array(fc.nat(40), { minLength: 1, maxLength: 4 }), fc.option(odd, { nil: undefined })), {
      minLength: 1,
      maxLength: 3,
    }),
  )
  .map(([[name, payload], changes]) => {
    const changed = structuredClone(payload)
    for (const [way, value] of changes) change(changed, way, value)
    return { name, payload: changed }
  })

function change(at: unknown, [step = 0, ...way]: readonly number[], value: unknown): void {
  if (typeof at !== 'object' || at === null) return
  const target = at as Record<string, unknown>
  const keys = Object.keys(target)
  const key = keys[step % Math.max(1, keys.length)]
  if (key === undefined) return
  if (way.length > 0 && typeof target[key] === 'object' && target[key] !== null) change(target[key], way, value)
  else if (value === undefined) delete target[key]
  else target[key] = value
}

describe('a dispatch with odd fields', () => {
  const scene = aScene()

  it('becomes a sound event or none, and is never thrown about', () => {
    fc.assert(
      fc.property(mutated, ({ name, payload }) => {
        const packet = soundPacket({ op: 0, s: 1, t: name, d: payload } as unknown as GatewayDispatchPayload)
        if (packet === undefined || isMisplaced(packet.d as Json, scene)) return
        channelOf(packet, scene)
        const event = eventOf(packet, { id: 'session:1', at: new Date(0) }, scene)
        if (event !== undefined) expectSound({ ...event, surface: undefined } as unknown as Event)
      }),
      { numRuns: 3_000 },
    )
  })

  it('loses no words for what merely comes along with them', () => {
    const extras = [
      'attachments',
      'embeds',
      'sticker_items',
      'poll',
      'flags',
      'member',
      'message_reference',
      'referenced_message',
      'message_snapshots',
      'nonce',
      'channel_type',
      'edited_timestamp',
      'mention_everyone',
    ]
    fc.assert(
      fc.property(fc.constantFrom(...extras), odd, (field, value) => {
        const packet = soundPacket({
          op: 0,
          s: 1,
          t: 'MESSAGE_CREATE',
          d: { ...said, [field]: value },
        } as unknown as GatewayDispatchPayload)
        const event = packet && eventOf(packet, { id: 'session:1', at: new Date(0) }, scene)
        expect(event).toMatchObject({
          type: 'message',
          message: { addressed: true, text: 'what of #general and @Tom?' },
        })
      }),
      { numRuns: 500 },
    )
  })

  it('is passed over in a history, and takes no sound message with it', async () => {
    const place = {
      platform: 'discord',
      workspace: guild,
      channel: general,
      thread: undefined,
      audience: 'public',
    } as const
    await fc.assert(
      fc.asyncProperty(fc.array(mutated, { maxLength: 5 }), async odds => {
        const whole = { ...said, id: '600000000000000009' }
        const api = { call: () => Promise.resolve({ body: [...odds.map(({ payload }) => payload), whole] }) }
        const clock = new ManualClock()
        const spare = new SpareRequests({ requestsPerSecond: 50, askedLately: () => 0, clock })
        const parts = {
          api: api as unknown as DiscordApi,
          clock,
          spare,
          log: new KeptLog(),
          scene: () => scene,
          fetchChannel: () => Promise.resolve(),
        }
        const told = []
        for await (const event of readMissed(parts, new Date(0), [place], never)) told.push(event)
        for (const event of told) expectSound({ ...event, surface: undefined } as unknown as Event)
        expect(told.some(({ message }) => message.id.endsWith('/600000000000000009'))).toBe(true)
      }),
      { numRuns: 200 },
    )
  })

  it('leaves the process and its line alive, whatever the client library makes of it', async () => {
    await using house = await anOpenHouse()
    const escaped: unknown[] = []
    const keep = (error: unknown) => escaped.push(error)
    process.on('unhandledRejection', keep)
    onTestFinished(() => void process.off('unhandledRejection', keep))
    const real = withIdsOf(house)
    for (const { name, payload } of fc.sample(mutated, { numRuns: 600, seed: 7 }))
      house.server.gateway.dispatch(name, real(payload))
    house.server.people.say('mira', 'dm', 'still there?')
    await expect
      .poll(() => house.inbox.events.some(event => event.type === 'message' && event.message.text === 'still there?'))
      .toBe(true)
    expect(escaped).toEqual([])
    for (const event of house.inbox.events) expectSound(event)
    expect(house.adapter.health()).toEqual({ state: 'connected' })
  })
})

/** The same with the ids of a world that is there, so that the client library finds what they name. */
function withIdsOf({ harbour, server }: House): (payload: Json) => Json {
  const ids: readonly (readonly [string, string])[] = [
    [general, harbour.general],
    [guild, harbour.guild],
    [mira.id, harbour.mira],
    [tom.id, harbour.jonas],
    [aeries, server.botId],
  ]
  return payload =>
    JSON.parse(ids.reduce((text, [from, to]) => text.replaceAll(from, to), JSON.stringify(payload))) as Json
}

const ofWorkspace = String.raw`discord:(?:-|\d{15,20})`
const aMessageId = new RegExp(String.raw`^${ofWorkspace}:\d{15,20}/\d{15,20}$`)

function expectSound(event: Event): void {
  if ('key' in event) expect(event.key).toMatch(/^discord:[a-z ]+:[^\s]*\d/)
  if ('at' in event) expect(event.at.getTime()).not.toBeNaN()
  if ('person' in event) {
    expect(event.person.id).toMatch(/^discord:-:\d{15,20}$/)
    expect(event.person.name).toEqual(expect.any(String))
  }
  if ('place' in event) expectPlaced(event.place)
  for (const id of messagesOf(event)) expect(id).toMatch(aMessageId)
  if (event.type === 'reaction') expect(event.emoji).not.toMatch(/undefined|null|\[object/)
  if (event.type === 'message') {
    expect(event.message.text).toEqual(expect.any(String))
    expect(JSON.stringify(event.message)).not.toMatch(/undefined|\[object/)
  }
}

function expectPlaced({ workspace, channel, thread, audience }: Extract<Event, { place: unknown }>['place']): void {
  for (const id of [workspace, channel, thread]) if (id !== undefined) expect(id).toMatch(/^\d{15,20}$/)
  // Whoever takes a server for a DM learns and tells what is not meant for that.
  if (audience === 'dm') expect([workspace, thread, channel === general]).toEqual([undefined, undefined, false])
}

function messagesOf(event: Event): readonly string[] {
  if (event.type === 'message') return [event.message.id, ...event.message.quotes.flatMap(quote => quote.message ?? [])]
  if (event.type === 'deleted') return event.messages
  if (event.type === 'control') return event.control.type === 'button' ? [event.control.message] : []
  return 'message' in event ? [event.message] : []
}
