import { describe, expect, it } from 'vitest'
import { sameText } from '#bench/delivered/same-text.ts'
import { restNote } from '#src/engine/words.ts'
import type { JourneyPlatform } from '#test/journey/journey-platform.ts'
import type { OpenScene } from '#test/journey/open-scene.ts'
import { nastyAnswer } from '#test/support/nasty-answer.ts'
import { delivered } from './delivered.ts'

/** Delivered is what was generated, however long and however nasty it is. */
export function longAnswers({ nastyAnswers }: JourneyPlatform, open: OpenScene): void {
  describe('a long answer', () => {
    it('goes on in further messages that close their fences and together are the answer', async () => {
      await using scene = await open()
      const { world, vllm } = scene
      const house = await scene.house()
      const code = Array.from({ length: 400 }, (_, i) => `  const line${i} = compute(${i}) // and then some`).join('\n')
      vllm.script({ text: `Here it is.\n\n\`\`\`ts\n${code}\n\`\`\`\n\nThat was it.` })
      const question = await world.say('mira', 'channel', '@Aeries code, please')
      await house.closed(1)
      const said = world.said('channel')
      expect(said.length).toBeGreaterThan(1)
      expect(said[0]?.answers).toBe(question.id)
      expect(sameText(vllm.calls[0]?.text ?? '', ...delivered(world, said))).toEqual({ same: true })
      for (const { text } of said) expect((text.match(/```/g) ?? []).length % 2).toBe(0)
      expect(said.flatMap(({ pings }) => pings)).toEqual([])
    })

    it('fills a few messages, says so, and ends in a file', async () => {
      await using scene = await open()
      const { world, vllm } = scene
      const house = await scene.house()
      const text = Array.from({ length: 3_500 }, (_, i) => `This is sentence ${i}.${i % 9 === 8 ? '\n\n' : ' '}`).join(
        '',
      )
      vllm.script({ text })
      await world.say('mira', 'dm', 'everything, please')
      const [closed] = await house.closed(1)
      const said = world.said('dm')
      expect(said.filter(({ text }) => text !== '')).toHaveLength(5)
      expect(said.filter(({ text }) => text.endsWith(world.withNote('', restNote)))).toHaveLength(1)
      expect(said.flatMap(({ files }) => files)).toHaveLength(1)
      expect(sameText(text, ...delivered(world, said))).toEqual({ same: true })
      expect(closed?.reply).toMatchObject({ outcome: 'done', text })
    })

    it(`is what was generated, over ${nastyAnswers} nasty ones`, { timeout: 120_000 }, async () => {
      await using scene = await open()
      const { world, vllm } = scene
      const house = await scene.house()
      const answers = nasty(nastyAnswers)
      const names = answers.map((_, i) => `reader${i}`)
      await world.meet(names, 'usual')
      let asked = 0
      for (const [i, text] of answers.entries()) {
        vllm.script({ text, match: { question: `number ${i}.` } })
        await world.say(names[i] ?? '', 'dm', `number ${i}.`)
        // Twenty at a time, so that no answer is a burst of its own.
        if (++asked % 20 === 0) await house.closed(asked)
      }
      await house.closed(asked)
      const faults = answers.flatMap((text, i) => {
        const told = sameText(text, ...delivered(world, world.said('dm', names[i])))
        return told.same ? [] : [{ seed: i, ...told }]
      })
      expect(faults).toEqual([])
    })
  })
}

function nasty(count: number): readonly string[] {
  // A character that never got whole at the very end is no part of an answer (fault 28).
  const texts = Array.from({ length: count }, (_, seed) => {
    return nastyAnswer(seed, { wellFormed: true }).replace(/[\s\uFFFD]+$/u, '')
  })
  // A flood of blanks or of the same few characters is ended as a loop: another test's matter.
  return texts.filter(text => text !== '' && !/\s{1000}|(\S{1,24})\1{60}/u.test(text))
}
