import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { nativeMessageId } from '#src/core/ids.ts'
import { openScene } from '#test/journey/open-scene.ts'
import { slackPlatform } from '#test/journey/slack-platform.ts'

type World = Awaited<ReturnType<typeof slackPlatform.open>>
type Server = World['server']

/** Somebody takes away what an answer needs; what is written there then is refused by the rules of Slack. */
const deeds: readonly (readonly [string, (server: Server) => void])[] = [
  ['the channel is deleted', ({ scene }) => scene.deleteChannel('#general')],
  ['the channel is archived', ({ scene }) => void scene.setArchived('#general', true)],
  ['Aeries is removed from the channel', ({ scene }) => void scene.remove('#general', 'bot', 'mira')],
  ['the message gets too old to be edited', ({ rules }) => void Object.assign(rules, { editWindowMs: -1 })],
]

/** Slack's words for a refusal, whatever its reason. */
const words = [
  ...['not_in_channel', 'channel_not_found', 'is_archived', 'is_inactive', 'message_not_found', 'cant_update_message'],
  ...['edit_window_closed', 'msg_too_long', 'restricted_action', 'missing_scope', 'messages_tab_disabled'],
]

const long = Array.from({ length: 3_000 }, (_, at) => `word${at} `)

describe.concurrent('an answer on Slack in the middle of which', () => {
  it.each(deeds)('%s ends at once, and holds up nobody', async (_, deed) => {
    await expectEnded('channel', deed)
  })

  it.each(words)('Slack says %s ends at once, and holds up nobody', async word => {
    await expectEnded('channel', ({ faults, harbourChannel }) => refuse(faults, word, harbourChannel))
  })

  it.each(words)('Slack says %s ends in the agent view, too, stream or not', async word => {
    await expectEnded('stream', ({ faults, harbourChannel }) => refuse(faults, word, harbourChannel))
  })

  it.each(['account_inactive', 'token_revoked'])('Slack says %s is closed, and Slack is lost, once', async word => {
    await using scene = await openScene(slackPlatform)
    const house = await begin(scene, 'channel')
    scene.world.server.faults.add({ kind: 'refuse', error: word })
    const [cut] = await house.closed(1)
    expect(cut?.reply.outcome).toBe('stopped')
    expect(await house.store.turns.open()).toEqual([])
    const lost = house.log.lines.filter(({ event }) => event === 'slack is lost')
    expect(lost.map(({ fields }) => fields['cause'])).toEqual([expect.stringContaining(`refused (${word})`)])
  })

  it('the question is deleted ends at once, and goes with it', async ({ expect }) => {
    await using scene = await openScene(slackPlatform)
    const house = await begin(scene, 'channel', 200)
    const { people } = scene.world.server
    const [root] = people.messages('#general').filter(({ botId }) => botId === undefined)
    people.delete('mira', '#general', root?.ts ?? '')
    const [cut] = await house.closed(1)
    expect(cut?.reply.outcome).toBe('stopped')
    await expect.poll(() => scene.world.said('channel')).toEqual([])
  })

  it('the Messages tab is closed keeps what arrived, and is closed itself', async () => {
    await using scene = await openScene(slackPlatform)
    const house = await begin(scene, 'dm', long.length, 1)
    scene.world.server.scene.setMessagesTab('mira', false)
    const [cut] = await house.closed(1)
    expect(cut?.reply.outcome).toBe('stopped')
    expect(scene.world.said('dm')).toHaveLength(1)
  })

  it.each(['channel', 'stream'] as const)('Slack wants a long pause lands whole, and once (%s)', async way => {
    await using scene = await openScene(slackPlatform)
    const house = await begin(scene, way, 400)
    const { faults, log } = scene.world.server
    faults.add({ kind: 'rate-limit', retryAfterS: 45, method: 'chat.*', times: 3 })
    const [whole] = await house.closed(1)
    expect(whole?.reply.outcome).toBe('done')
    expectWhole(scene.world, way, 400)
    expect(log.filter(({ fault }) => fault === 'rate-limit').length).toBeGreaterThan(0)
  })

  it.each(['channel', 'stream'] as const)(
    'Slack fails with 5xx and broken lines lands whole, and once (%s)',
    async way => {
      await using scene = await openScene(slackPlatform)
      const house = await begin(scene, way, 400)
      const { faults } = scene.world.server
      faults.add({ kind: 'error', status: 503, method: 'chat.*', times: 4 })
      faults.add({ kind: 'error', status: 500, accepted: true, method: 'chat.*', times: 2 })
      faults.add({ kind: 'reset', accepted: true, method: 'chat.*', times: 2 })
      const [whole] = await house.closed(1)
      expect(whole?.reply.outcome).toBe('done')
      expectWhole(scene.world, way, 400)
    },
  )

  it('all lines move again and again, and then break, lands whole, and nothing is heard twice', async () => {
    await using scene = await openScene(slackPlatform)
    const house = await begin(scene, 'channel', 400)
    const { server } = scene.world
    await server.delivering.storm({ times: 10, everyMs: 20 })
    server.sockets.drop()
    const [whole] = await house.closed(1)
    expect(whole?.reply.outcome).toBe('done')
    expectWhole(scene.world, 'channel', 400)
    await server.deliveries.idle()
    expect(await house.store.turns.open()).toEqual([])
    expect(await house.closed(1)).toHaveLength(1)
  })
})

describe.concurrent('a question on Slack', () => {
  it('that is deleted before a word of its answer stands is closed without one', async ({ expect }) => {
    await using scene = await openScene(slackPlatform)
    const house = await scene.house()
    scene.vllm.script({ tokens: ['Too ', 'late.'], ttftMs: 400 })
    const { id } = await scene.world.say('mira', 'channel', '@Aeries hello')
    scene.world.server.people.delete('mira', '#general', id)
    const [closed] = await house.closed(1)
    expect(['stopped', 'failed']).toContain(closed?.reply.outcome)
    expect(scene.world.said('channel')).toEqual([])
    expect(await house.store.turns.open()).toEqual([])
  })

  it('that no line brought is answered once lines stand again, once', async ({ expect }) => {
    await using scene = await openScene(slackPlatform)
    const { server } = scene.world
    const house = await scene.house()
    scene.vllm.script({ tokens: ['Here.'] })
    await scene.world.say('mira', 'dm', 'are you there?')
    await house.closed(1)
    server.rules.retryDelaysMs = []
    const fault = server.faults.add({ kind: 'error', status: 503, method: 'apps.connections.open' })
    server.sockets.drop()
    scene.vllm.script({ tokens: ['Here ', 'again.'] })
    server.people.say('jonas', 'dm', 'and now?')
    await expect
      .poll(() => server.log.filter(({ method }) => method === 'apps.connections.open').length)
      .toBeGreaterThan(9)
    server.faults.remove(fault)
    const [, second] = await house.closed(2)
    expect(second?.turn.asked.map(({ message }) => message.text)).toEqual(['and now?'])
    expect(scene.world.said('dm', 'jonas')).toHaveLength(1)
    expect(scene.world.said('dm', 'mira')).toHaveLength(1)
  })

  it('that somebody asked for the first time while Aeries was away is answered after its next start', async ({
    expect,
  }) => {
    await using scene = await openScene(slackPlatform)
    const { server } = scene.world
    const folder = mkdtempSync(join(tmpdir(), 'aeries-slack-'))
    try {
      const databasePath = join(folder, 'aeries.db')
      scene.vllm.script({ tokens: ['Here.'] })
      const before = await scene.house({ databasePath })
      await scene.world.say('mira', 'dm', 'are you there?')
      await before.closed(1)
      await before[Symbol.asyncDispose]()
      server.rules.retryDelaysMs = []
      scene.vllm.script({ tokens: ['Late, ', 'but here.'] })
      server.people.say('jonas', 'dm', 'my first words')
      await server.deliveries.idle()
      const after = await scene.house({ databasePath })
      const [late] = await after.closed(1)
      expect(late?.turn.asked.map(({ message }) => message.text)).toEqual(['my first words'])
      expect(scene.world.said('dm', 'jonas').at(-1)?.text).toContain('Late, but here.')
      await after[Symbol.asyncDispose]()
    } finally {
      rmSync(folder, { recursive: true })
    }
  })
})

type Way = 'channel' | 'dm' | 'stream'
type Scene = Awaited<ReturnType<typeof openScene<World>>>

/** The house in the middle of an answer of so many words. */
async function begin({ world, vllm, house }: Scene, way: Way, length = long.length, itlMs = 5) {
  const front = way === 'stream' ? world.fronts[1] : world.fronts[0]
  const opened = await house({ front, vllm: { contextLength: 200_000 } })
  vllm.script({ tokens: long.slice(0, length), itlMs })
  await world.say(
    'mira',
    way === 'channel' ? 'channel' : 'dm',
    way === 'channel' ? '@Aeries tell me all' : 'tell me all',
  )
  await world.until(way === 'channel' ? 'channel' : 'dm', text => text.includes('word9'))
  return opened
}

async function expectEnded(way: Way, blow: (server: Server & { harbourChannel: string }) => void): Promise<void> {
  await using scene = await openScene(slackPlatform)
  const house = await begin(scene, way)
  const { world, vllm } = scene
  const place = way === 'channel' ? '#general' : 'dm:mira'
  const [begun] = world.server.people.messages(place).filter(({ botId }) => botId !== undefined)
  blow(Object.assign(Object.create(world.server), { harbourChannel: begun?.channelId ?? '' }))
  const [cut] = await house.closed(1)
  expect(cut?.reply.outcome).toBe('stopped')
  expect(cut?.reply.messages.map(nativeMessageId)).toEqual([begun?.ts])
  expect(cut?.reply.text).not.toContain('word2999')
  world.server.rules.editWindowMs = Number.POSITIVE_INFINITY
  vllm.script({ tokens: ['Still ', 'here.'] })
  world.server.people.say('jonas', 'dm', 'and you?')
  const [, whole] = await house.closed(2)
  expect(whole?.reply).toMatchObject({ outcome: 'done', text: 'Still here.' })
  expect(await house.store.turns.open()).toEqual([])
}

function refuse(faults: Server['faults'], error: string, channelId: string): void {
  for (const method of [
    'chat.update',
    'chat.appendStream',
    'chat.stopStream',
    'chat.postMessage',
    'chat.startStream',
  ]) {
    faults.add({ kind: 'refuse', error, method, channelId })
  }
}

function expectWhole(world: World, way: Way, length: number): void {
  const said = world.said(way === 'channel' ? 'channel' : 'dm')
  expect(said.map(({ text }) => text.trim())).toEqual([long.slice(0, length).join('').trim()])
}
