import { expect, it, vi } from 'vitest'
import { messageFlag } from '#playground/discord-server/world/message.ts'
import { nativeMessageId } from '#src/core/ids.ts'
import { patience } from '#test/support/patience.ts'
import { wordsOf } from './contract/words-of.ts'
import { discordPlatform } from './discord-platform.ts'
import { openScene } from './open-scene.ts'

it('rings once for an answer in Discord: its further messages come silently', async () => {
  await using scene = await openScene(discordPlatform)
  const { world, vllm } = scene
  const house = await scene.house()
  vllm.script({ tokens: wordsOf(800) })
  await world.say('mira', 'dm', 'everything, please')
  const [closed] = await house.closed(1)
  const { botId, people } = world.server
  const own = people.messages('dm:mira').filter(({ authorId }) => authorId === botId)
  const silent = own.map(({ versions }) => ((versions[0]?.flags ?? 0) & messageFlag.suppressNotifications) !== 0)
  expect(silent).toEqual([false, true, true, true])
  expect(closed?.reply.messages).toHaveLength(4)
})

it('has a stop button in a Discord DM under an answer that grows', async () => {
  await using scene = await openScene(discordPlatform)
  const { world, vllm } = scene
  const house = await scene.house({ buttons: 'dm' })
  vllm.script({ tokens: wordsOf(2_000), itlMs: 20 })
  await world.say('mira', 'dm', 'everything, please')
  const shown = async () => (await house.store.turns.open()).at(-1)?.messages[0]
  const message = await vi.waitUntil(shown, { timeout: 60_000 })
  await world.press('mira', 'dm', nativeMessageId(message), '🛑 Stop')
  await vllm.until(() => vllm.calls[0]?.outcome === 'aborted', patience())
  const [closed] = await house.closed(1)
  expect(closed?.reply.outcome).toBe('stopped')
  expect(world.said('dm').at(-1)?.text).toMatch(/Stopped\.$/)
})
