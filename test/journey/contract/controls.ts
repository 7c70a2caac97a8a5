import { describe, it, vi } from 'vitest'
import { nativeMessageId } from '#src/core/ids.ts'
import { conversationOf } from '#src/core/place.ts'
import type { Emoji, Spot } from '#test/journey/journey-platform.ts'
import type { OpenScene, Scene } from '#test/journey/open-scene.ts'
import type { House } from '#test/support/build-house.ts'
import { patience } from '#test/support/patience.ts'
import { wordsOf } from './words-of.ts'

/** What people have done with answers, and what becomes of answers when they change or take away what they said. */
export function controls(open: OpenScene): void {
  describe.concurrent('the control over an answer', () => {
    it('stops it for its asker alone: by an emoji, and by a message that says nothing else', async ({ expect }) => {
      await using scene = await open()
      const { world, vllm } = scene
      const house = await scene.house()
      vllm.script(endless('On boats. '), endless('On trains. '))
      await world.say('mira', 'channel', '@Aeries boats?')
      await world.until('channel', text => text.startsWith('On boats.'))
      await react(scene, house, 'jonas', 'channel', '🛑')
      await world.say('jonas', 'channel', '@Aeries stop')
      expect(vllm.running).toBe(1)
      await react(scene, house, 'mira', 'channel', '🛑')
      await vllm.until(() => vllm.calls[0]?.outcome === 'aborted', patience())
      await house.closed(1)
      await world.say('mira', 'dm', 'trains?')
      await world.until('dm', text => text.startsWith('On trains.'))
      await world.say('mira', 'dm', 'Stop!')
      await vllm.until(() => vllm.calls[1]?.outcome === 'aborted', patience())
      const closed = await house.closed(2)
      expect(closed.map(({ reply }) => reply.outcome)).toEqual(['stopped', 'stopped'])
      const texts = closed.map(({ reply }) => world.withNote(reply.text.trim(), 'Stopped.'))
      expect([texts[0], texts[1]]).toEqual([world.said('channel')[0]?.text, world.said('dm')[0]?.text])
      expect(vllm.calls).toHaveLength(2)
    })

    it('gives another answer in its place, and the earlier one back', async ({ expect }) => {
      await using scene = await open()
      const { world, vllm } = scene
      const house = await scene.house()
      vllm.script({ text: 'The *first* one.' }, { text: 'The second one.' })
      await world.say('mira', 'dm', 'hello')
      await house.closed(1)
      const [first] = texts(scene, 'dm')
      await react(scene, house, 'mira', 'dm', '🔁')
      await house.closed(2)
      expect(texts(scene, 'dm')).toEqual(['The second one.'])
      expect(await history(house)).toEqual(['hello', 'The second one.'])
      await react(scene, house, 'mira', 'dm', '🔁', 'removed')
      await house.closed(3)
      expect(texts(scene, 'dm')).toEqual([first])
      expect(await history(house)).toEqual(['hello', 'The *first* one.'])
      expect(vllm.calls).toHaveLength(2)
    })

    it('goes on with one that was stopped', async ({ expect }) => {
      await using scene = await open()
      const { world, vllm } = scene
      const house = await scene.house()
      vllm.script(endless('Once upon a time. '), { text: 'The end.' })
      await world.say('mira', 'dm', 'tell me')
      await world.until('dm', text => text.startsWith('Once'))
      await react(scene, house, 'mira', 'dm', '🛑')
      await house.closed(1)
      await react(scene, house, 'mira', 'dm', '▶️')
      const closed = await house.closed(2)
      expect(closed[1]?.reply.text).toBe(`${closed[0]?.reply.text}The end.`)
      expect(texts(scene, 'dm')).toEqual([closed[1]?.reply.text])
    })

    it('deletes it for its asker and for moderators, and for nobody else', async ({ expect }) => {
      await using scene = await open()
      const { world } = scene
      const house = await scene.house()
      await world.say('mira', 'channel', '@Aeries hello')
      await house.closed(1)
      await react(scene, house, 'jonas', 'channel', '🗑️')
      await react(scene, house, 'mira', 'channel', '🗑️')
      await expect.poll(() => texts(scene, 'channel')).toEqual([])
      expect(await history(house)).toEqual([])
      await world.say('mira', 'channel', '@Aeries hello again')
      await house.closed(2)
      await react(scene, house, 'jonas', 'channel', '🗑️')
      expect(texts(scene, 'channel')).toHaveLength(1)
      await react(scene, house, await world.moderator(), 'channel', '🗑️')
      await expect.poll(() => texts(scene, 'channel')).toEqual([])
      expect(await history(house, 1)).toEqual([])
    })

    it('lets go of what a moderator deletes by the platform’s own means', async ({ expect }) => {
      await using scene = await open()
      const { world, vllm } = scene
      const house = await scene.house()
      vllm.script({ text: 'Whole.' }, endless('On boats. '))
      await world.say('mira', 'channel', '@Aeries hello')
      await house.closed(1)
      const moderator = await world.moderator()
      await world.takeAway(moderator)
      await expect.poll(() => history(house)).toEqual([])
      await world.say('mira', 'channel', '@Aeries boats?')
      await world.until('channel', text => text.startsWith('On boats.'))
      await world.takeAway(moderator)
      await vllm.until(() => vllm.calls[1]?.outcome === 'aborted', patience())
      await expect.poll(() => house.store.turns.open()).toEqual([])
      expect(texts(scene, 'channel')).toEqual([])
    })

    it('stands under it as buttons in a DM: each when there is something for it to do', async ({ expect }) => {
      await using scene = await open()
      const { world, vllm } = scene
      const house = await scene.house({ buttons: 'dm' })
      vllm.script(endless('Once upon a time. '), { text: 'The end.' }, { text: 'Another one.' })
      await world.say('mira', 'dm', 'tell me')
      await world.until('dm', text => text.startsWith('Once'))
      await react(scene, house, 'mira', 'dm', '🛑')
      const press = async (label: string) => {
        const message = house.turns.at(-1)?.reply.messages.at(-1)
        if (message !== undefined) await world.press('mira', 'dm', nativeMessageId(message), label)
      }
      await house.closed(1)
      await press('▶️ Go on')
      await house.closed(2)
      expect(texts(scene, 'dm').join('')).toMatch(/The end\.$/)
      await expect(press('▶️ Go on')).rejects.toThrow()
      await press('🔁 Try again')
      await house.closed(3)
      expect(texts(scene, 'dm')).toEqual(['Another one.'])
      await press('🗑️ Delete')
      await expect.poll(() => texts(scene, 'dm')).toEqual([])
    })

    changes(open)
  })
}

function changes(open: OpenScene): void {
  it('answers the newest question anew when it is edited, in place, and only corrects an older one', async ({
    expect,
  }) => {
    await using scene = await open()
    const { world } = scene
    const house = await scene.house()
    const first = await world.say('mira', 'dm', 'boots')
    await house.closed(1)
    await world.edit('mira', 'dm', first, 'boats')
    await house.closed(2)
    const [answer] = texts(scene, 'dm')
    expect(answer).toContain('boats')
    expect(texts(scene, 'dm')).toHaveLength(1)
    await world.say('mira', 'dm', 'trains')
    await house.closed(3)
    await world.edit('mira', 'dm', first, 'ships')
    await expect.poll(() => history(house)).toContain('ships')
    expect(texts(scene, 'dm')[0]).toBe(answer)
    expect(house.turns).toHaveLength(3)
  })

  it('takes the answer away with its question', async ({ expect }) => {
    await using scene = await open()
    const { world } = scene
    const house = await scene.house()
    const asked = await world.say('mira', 'dm', 'a secret')
    await house.closed(1)
    await world.unsay('mira', 'dm', asked)
    await expect.poll(() => texts(scene, 'dm')).toEqual([])
    expect(await history(house)).toEqual([])
  })
}

function endless(begin: string) {
  return { tokens: [begin, ...wordsOf(2_000)], itlMs: 20 }
}

/** Puts an emoji under the newest answer, or takes it back. */
async function react(
  { world }: Scene,
  { store, turns }: House,
  person: string,
  spot: 'dm' | 'channel',
  emoji: Emoji,
  change: 'added' | 'removed' = 'added',
): Promise<void> {
  // What a platform shows is known here once it has said so.
  const shown = async () => {
    const open = (await store.turns.open()).at(-1)
    return (open ? open.messages : turns.at(-1)?.reply.messages)?.[0]
  }
  const message = await vi.waitUntil(shown, { timeout: 60_000 })
  await world.react(person, spot, message, emoji, change)
}

function texts({ world }: Scene, spot: Spot): readonly string[] {
  return world.said(spot).map(({ text }) => text)
}

/** What prompts see of the conversation of a turn. */
async function history({ store, turns }: House, turn = 0): Promise<readonly string[]> {
  const place = turns[turn]?.turn.place
  if (place === undefined) return []
  return (await store.history.window(conversationOf(place), 50)).map(({ text }) => text)
}
