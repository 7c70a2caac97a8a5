import { describe, expect, it } from 'vitest'
import { conversationOf } from '#src/core/place.ts'
import { scopeOfPlace } from '#src/core/preferences.ts'
import { listeningPreference } from '#src/engine/access/access.ts'
import { patience } from '#test/support/patience.ts'
import { wordsOf } from './contract/words-of.ts'
import { openScene } from './open-scene.ts'
import { slackPlatform } from './slack-platform.ts'

describe('a talk in Slack', () => {
  it('goes on in the thread that a mention opens, without one, and remembers both', async () => {
    await using scene = await openScene(slackPlatform)
    const { world } = scene
    const house = await scene.house()
    const root = await world.say('mira', 'channel', '@Aeries My favourite colour is turquoise')
    await house.closed(1)
    await world.say('mira', { thread: root.id }, 'What is my favourite colour?')
    await house.closed(2)
    const answers = world.said('channel')
    expect(answers.map(said => said.answers)).toEqual([root.id, root.id])
    expect(answers.at(-1)?.text).toMatch(/turquoise/)
  })

  it('begins a thread with what was said in the channel before, where an admin lets it read along', async () => {
    await using scene = await openScene(slackPlatform)
    const { world } = scene
    const house = await scene.house()
    await world.say('mira', 'channel', '@Aeries Hello')
    const [hello] = await house.closed(1)
    if (hello === undefined) throw new Error('nobody was answered')
    const channel = { ...hello.turn.place, thread: undefined }
    await house.store.preferences.choose(listeningPreference, scopeOfPlace(channel), 'on')
    await world.say('mira', 'channel', 'My favourite colour is turquoise')
    await expect.poll(() => house.store.history.knows(conversationOf(channel))).toBe(true)
    await world.say('mira', 'channel', '@Aeries What is my favourite colour?')
    await house.closed(2)
    expect(world.said('channel').at(-1)?.text).toMatch(/turquoise/)
  })

  it('streams natively in the agent view, and opens a thread with what was just said', async () => {
    await using scene = await openScene(slackPlatform)
    const { world } = scene
    const { people, deliveries, scene: slack } = world.server
    const house = await scene.house()
    people.openApp('mira')
    await deliveries.idle()
    const first = await world.say('mira', 'dm', 'My favourite colour is turquoise')
    await house.closed(1)
    const second = await world.say('mira', 'dm', 'What is my favourite colour?')
    await house.closed(2)
    const answers = world.said('dm')
    expect(answers.map(said => said.answers)).toEqual([first.id, second.id])
    expect(answers[1]?.text).toMatch(/turquoise/)
    const own = people.messages('dm:mira').filter(({ botId }) => botId !== undefined)
    expect(own.map(({ stream }) => stream?.state)).toEqual(['completed', 'completed'])
    expect(slack.snapshot().sessions.map(({ status }) => status)).toEqual(['active', 'active'])
  })

  it('ends by Slack’s own stop button, while an answer grows', async () => {
    await using scene = await openScene(slackPlatform)
    const { world, vllm } = scene
    const { people, deliveries } = world.server
    const house = await scene.house()
    people.openApp('mira')
    await deliveries.idle()
    vllm.script({ tokens: wordsOf(2_000), itlMs: 20 })
    const { id } = await world.say('mira', 'dm', 'everything, please')
    await world.until('dm', text => text !== '')
    people.stop('mira', 'dm:mira', id)
    await vllm.until(() => vllm.calls[0]?.outcome === 'aborted', patience())
    const [closed] = await house.closed(1)
    expect(closed?.reply.outcome).toBe('stopped')
    expect(house.log.lines.filter(({ level }) => level === 'error')).toEqual([])
  })
})
