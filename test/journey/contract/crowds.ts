import { describe, expect, it } from 'vitest'
import { sameText } from '#bench/delivered/same-text.ts'
import type { JourneyPlatform, JourneyWorld } from '#test/journey/journey-platform.ts'
import type { OpenScene } from '#test/journey/open-scene.ts'
import type { ClosedTurn } from '#test/support/build-house.ts'
import { nastyAnswer } from '#test/support/nasty-answer.ts'
import { delivered } from './delivered.ts'
import { wordsOf } from './words-of.ts'

/** Many answers at once: in fair weather, at the limits, and in a storm. */
export function crowds({ crowd }: JourneyPlatform, open: OpenScene): void {
  describe('many answers at once', () => {
    it(`carries ${crowd} conversations, loses nothing and mixes nothing`, async () => {
      await using scene = await open()
      const { world, vllm } = scene
      const house = await scene.house()
      await vllm.setState({ latency: { ttftMs: 30, itlMs: 2 } })
      const names = Array.from({ length: crowd }, (_, i) => `person${i}`)
      await world.meet(names, 'all')
      await Promise.all(names.map((name, i) => world.say(name, 'dm', `What about topic${i}x?`)))
      await house.closed(crowd)
      for (const [i, name] of names.entries()) {
        const said = world.said('dm', name)
        const topics =
          said
            .map(({ text }) => text)
            .join('\n')
            .match(/topic\d+x/g) ?? []
        expect(new Set(topics)).toEqual(new Set([`topic${i}x`]))
        const call = vllm.calls.find(({ body }) => JSON.stringify(body).includes(`topic${i}x`))
        expect(sameText(call?.text ?? '', ...delivered(world, said))).toEqual({ same: true })
      }
    })

    it('shows fifty under its own limits: none is met, no edit is in vain, every one is whole', async () => {
      await using scene = await open('own')
      const { world, vllm } = scene
      const house = await scene.house()
      const names = Array.from({ length: 25 }, (_, at) => `person${at}`)
      await world.meet(names, 'all')
      for (const at of names.keys()) {
        vllm.script({ tokens: wordsOf(120, `dm${at}x`), itlMs: 10, match: { question: `dm${at}.` } })
        vllm.script({ tokens: wordsOf(120, `channel${at}x`), itlMs: 10, match: { question: `channel${at}.` } })
      }
      const before = world.counts()
      const saying = names.flatMap((name, at) => [
        world.say(name, 'dm', `dm${at}.`),
        world.say(name, 'channel', `@Aeries channel${at}.`),
      ])
      await Promise.all(saying)
      for (const { turn, reply } of await house.closed(50)) {
        expect(sameText(reply.text, ...shownBy(world, { turn, reply }))).toEqual({ same: true })
        expect(reply.outcome).toBe('done')
      }
      const after = world.counts()
      expect(after.refused - before.refused).toBe(0)
      expect(after.identical).toBe(0)
    })

    it('delivers every character once over limits, faults and lost answers', { timeout: 90_000 }, async () => {
      await using scene = await open('own')
      const { world, vllm } = scene
      const house = await scene.house()
      const answers = Array.from({ length: 40 }, (_, at) => answerOf(at * 7 + 3, at % 6 === 0 ? 18_000 : 2_500)).filter(
        text => text !== '',
      )
      const names = answers.map((_, at) => `reader${at}`)
      await world.meet(names, 'all')
      world.storm()
      vllm.script(...answers.map((text, at) => ({ text, itlMs: 2, match: { question: `number ${at}.` } })))
      const saying = names.map((name, at) => {
        return at % 4 === 0
          ? world.say(name, 'channel', `@Aeries number ${at}.`)
          : world.say(name, 'dm', `number ${at}.`)
      })
      await Promise.all(saying)
      const closed = await house.closed(answers.length)
      const wrong = closed.flatMap(({ turn, reply }) => {
        const at = Number(/number (\d+)\./.exec(turn.asked[0]?.message.text ?? '')?.[1])
        const same = sameText(answers[at] ?? '', ...shownBy(world, { turn, reply }))
        return same.same && reply.outcome === 'done' ? [] : [{ at, outcome: reply.outcome, same }]
      })
      expect(wrong).toEqual([])
      expect(world.counts().struck).toBeGreaterThan(10)
      expect(world.everSaid()).toBe(new Set(closed.flatMap(({ reply }) => reply.messages)).size)
    })
  })
}

/** All that shows a reply, messages and files in their order. */
function shownBy(world: JourneyWorld, { turn, reply }: ClosedTurn): ReturnType<typeof delivered> {
  const said = reply.messages.map(message => world.message(turn.place, message))
  return delivered(world, said)
}

/** Without addresses, which some streams show as code: that is how they look, not what was said. */
function answerOf(seed: number, maxLength: number): string {
  const text = nastyAnswer(seed, { maxLength, wellFormed: true })
  return text
    .replaceAll('://', ': //')
    .replaceAll('www.', 'ww.')
    .replace(/[\s\uFFFD]+$/u, '')
}
