import { describe, expect, it } from 'vitest'
import { sameText } from '#bench/delivered/same-text.ts'
import type { OpenScene } from '#test/journey/open-scene.ts'

/** No word of the model rings for anybody, in whatever way it is written. */
export function callsNobody(open: OpenScene): void {
  describe('an answer', () => {
    it('calls nobody, whatever mention the model echoes, in posts, edits and streams', async () => {
      await using scene = await open()
      const { world, vllm } = scene
      const text = world
        .mentionForms()
        .map((form, at) => `${at}. ${form} and so on.`)
        .join('\n\n')
      for (const front of world.fronts) {
        await using house = await scene.house({ front })
        // Long enough for more than a first and a last text, however busy the machine is.
        vllm.script({ text, itlMs: 10, times: 2 })
        await world.say('mira', 'dm', 'echo')
        await world.say('mira', 'channel', '@Aeries echo')
        await house.closed(2)
      }
      const said = [...world.said('dm'), ...world.said('channel')]
      expect(said).toHaveLength(2 * world.fronts.length)
      expect(said.flatMap(({ pings }) => pings)).toEqual([])
      for (const { film } of said) expect(film.length).toBeGreaterThan(2)
      for (const { text: shown } of said) expect(sameText(text, [shown])).toEqual({ same: true })
    })
  })
}
