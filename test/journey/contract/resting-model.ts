import { describe, expect, it } from 'vitest'
import type { Script } from '#playground/vllm-server/script.ts'
import { cutOffNote } from '#src/engine/words.ts'
import type { JourneyWorld, Spot } from '#test/journey/journey-platform.ts'
import type { OpenScene } from '#test/journey/open-scene.ts'
import { OwnTime } from '#test/support/own-time.ts'
import { patience } from '#test/support/patience.ts'

const restingNotice = 'Aeries is resting. Try again in a moment.'

const page = '<html>Traceback (most recent call last)</html>'
const pages: readonly (readonly [where: string, Script])[] = [
  ['with status 500', { http: { status: 500, body: page, contentType: 'text/html' } }],
  ['with status 400', { http: { status: 400, body: page, contentType: 'text/html' } }],
  ['with status 200', { http: { status: 200, body: page, contentType: 'text/html' } }],
  ['of a gateway', { fault: { kind: 'htmlBody', at: 'headers' } }],
  ['in an open stream', { text: 'Never said.', fault: { kind: 'htmlBody', at: 'first' } }],
]

/** The notice stands there, and nothing else. */
async function shows(world: JourneyWorld, spot: Spot): Promise<void> {
  await expect.poll(() => world.said(spot).map(({ text }) => text)).toEqual([restingNotice])
}

/** The model is away, breaks off or refuses. */
export function restingModel(open: OpenScene): void {
  describe.concurrent('when the model is away', () => {
    it('says so kindly within 3 s, once, and answers in that place when it is back, with what was added', async () => {
      await using scene = await open()
      const { world, vllm } = scene
      const house = await scene.house()
      await vllm.setState({ door: 'refusing' })
      using time = new OwnTime()
      await world.say('mira', 'dm', 'My favourite colour is turquoise')
      await shows(world, 'dm')
      expect(time.ms).toBeLessThan(3_000)
      await vllm.setState({ door: 'open' })
      await world.say('mira', 'dm', 'What is my favourite colour?')
      await house.closed(1)
      const said = world.said('dm')
      expect(said).toHaveLength(1)
      expect(said[0]?.text).toMatch(/turquoise/)
      expect(said[0]?.film.filter(({ text }) => text === restingNotice)).toHaveLength(1)
    })

    it('says so to a mention in the reply to it', async () => {
      await using scene = await open()
      const { world, vllm } = scene
      await scene.house()
      await vllm.setState({ door: 'refusing' })
      const asked = await world.say('mira', 'channel', '@Aeries hello?')
      await shows(world, 'channel')
      expect(world.said('channel')).toMatchObject([{ text: restingNotice, answers: asked.id }])
    })

    it('says so when a server accepts and stays silent, as soon as the first-content timer ends', async () => {
      await using scene = await open()
      const { world, vllm } = scene
      await scene.house({ vllm: { timers: { firstContentMs: 400 } } })
      await vllm.setState({ health: 'hang' })
      await world.say('mira', 'dm', 'hello?')
      await shows(world, 'dm')
      await vllm.until(() => vllm.calls[0]?.outcome === 'aborted', patience())
    })

    it('keeps the words of an answer that breaks in the middle, and says so under them', async () => {
      await using scene = await open()
      const { world, vllm } = scene
      const house = await scene.house()
      vllm.script({ tokens: ['The ', 'tide ', 'turns. ', 'Then '], itlMs: 20, fault: { kind: 'rst', at: 4 } })
      await world.say('mira', 'dm', 'hello?')
      const [closed] = await house.closed(1)
      expect(closed?.reply.outcome).toBe('cut off')
      const words = world.withNote('The tide turns. Then', cutOffNote)
      expect(world.said('dm').map(({ text }) => text)).toEqual([words])
      expect(cutOffNote).toBe(`This answer broke off here. ${restingNotice}`)
    })

    it.each(pages)('shows no stack trace and no word of the server: a page %s', async (_, script) => {
      await using scene = await open()
      const { world, vllm } = scene
      await scene.house()
      vllm.script({ ...script, times: 'always' })
      await world.say('mira', 'dm', 'hello?')
      await shows(world, 'dm')
      expect(world.said('dm').map(({ film }) => film.map(({ text }) => text))).toEqual([[restingNotice]])
    })

    it('shows nothing of a page in the middle of an answer but that it broke off', async () => {
      await using scene = await open()
      const { world, vllm } = scene
      const house = await scene.house()
      vllm.script({ tokens: ['The ', 'tide ', 'turns.', ' Then'], fault: { kind: 'htmlBody', at: 3 } })
      await world.say('mira', 'dm', 'hello?')
      await house.closed(1)
      expect(world.said('dm').map(({ text }) => text)).toEqual([world.withNote('The tide turns.', cutOffNote)])
    })

    it('asks again with less when the server came back with less context', async () => {
      await using scene = await open()
      const { world, vllm } = scene
      const house = await scene.house({ maxTokens: 256 })
      for (let i = 1; i <= 4; i += 1) {
        vllm.script({ text: `Chapter ${i} read.` })
        await world.say('mira', 'dm', `Chapter ${i}: ${'the tide turns, and '.repeat(90)}`)
        await house.closed(i)
      }
      await vllm.setState({ maxModelLen: 1_500 })
      // The refusal takes a script, too.
      vllm.script({ text: 'It fits.', times: 2 })
      await world.say('mira', 'dm', 'And now?')
      const closed = await house.closed(5)
      expect(vllm.calls.slice(4).map(({ outcome }) => outcome)).toEqual(['refused', 'finished'])
      expect(closed.at(-1)?.reply).toMatchObject({ outcome: 'done', text: 'It fits.' })
      expect(world.said('dm').map(({ text }) => text)).toEqual([
        ...[1, 2, 3, 4].map(i => `Chapter ${i} read.`),
        'It fits.',
      ])
    })
  })
}
