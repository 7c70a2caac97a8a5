import { describe, expect, it } from 'vitest'
import { sameText } from '#bench/delivered/same-text.ts'
import type { JourneyPlatform } from '#test/journey/journey-platform.ts'
import type { OpenScene } from '#test/journey/open-scene.ts'
import { patience } from '#test/support/patience.ts'
import { wordsOf } from './words-of.ts'

/** One person speaks with Aeries, or two do. */
export function talks({ hasOnlyDms }: Pick<JourneyPlatform, 'hasOnlyDms'>, open: OpenScene): void {
  describe.concurrent('a talk', () => {
    it('goes on in a DM in one message that grows in place, until it is what the model said', async () => {
      await using scene = await open()
      const { world, vllm } = scene
      const house = await scene.house()
      // It is held until its first word is seen, and lasts longer than a machine stands still.
      vllm.script({ tokens: wordsOf(200), itlMs: 15, fault: { kind: 'hold', at: 1 } })
      await world.say('mira', 'dm', 'Tell me a story about tides')
      await world.until('dm', text => text.startsWith('word0'))
      await vllm.setState({ health: 'ok' })
      const [closed] = await house.closed(1)
      const [message, ...others] = world.said('dm')
      expect(others).toEqual([])
      expect(message?.answers).toBeUndefined()
      expect(closed?.reply.text).toBe(vllm.calls[0]?.text)
      expect(sameText(vllm.calls[0]?.text ?? '', [message?.text ?? ''])).toEqual({ same: true })
      const film = message?.film ?? []
      expect(film.length).toBeGreaterThan(2)
      for (const [i, { text }] of film.entries()) expect(text.startsWith(film[i - 1]?.text.trimEnd() ?? '')).toBe(true)
      // It was there while the model still spoke.
      expect(film[0]?.at).toBeLessThan(vllm.calls[0]?.endedAt ?? 0)
      expect(world.counts()).toMatchObject({ refused: 0, identical: 0, unknownCalls: [] })
    })

    it('answers a mention where it was said, pings nobody, unfurls nothing, and shows that it types', async () => {
      await using scene = await open()
      const { world, vllm } = scene
      const house = await scene.house()
      vllm.script({ text: 'Ask @everyone, @here or <@1>: https://example.com/?q=secret tells.' })
      const question = await world.say('jonas', 'channel', '@Aeries who knows?')
      await house.closed(1)
      const [answer, ...others] = world.said('channel')
      expect(others).toEqual([])
      expect(answer).toMatchObject({ answers: question.id, pings: [], unfurls: [] })
      expect(world.counts().typing).toBeGreaterThan(0)
    })

    it.skipIf(hasOnlyDms === true)('is silent where it is not spoken to', async () => {
      await using scene = await open()
      const { world, vllm } = scene
      const house = await scene.house()
      await world.say('jonas', 'channel', 'nice weather, @Mira')
      await world.say('mira', 'channel', 'yes, @Aeries')
      await house.closed(1)
      expect(vllm.calls).toHaveLength(1)
      expect(world.said('channel')).toHaveLength(1)
      expect(JSON.stringify(vllm.calls[0]?.body)).not.toContain('weather')
    })

    it.skipIf(hasOnlyDms === true)(
      'is called into a thread, reads it once, and goes on there without a mention',
      async () => {
        await using scene = await open()
        const { world, vllm } = scene
        const house = await scene.house()
        const root = await world.say('jonas', 'channel', 'The ferry leaves at six.')
        const thread = world.openThread('jonas', root)
        await world.say('wren', thread, '@Jonas Or at seven?')
        await world.say('mira', thread, '@Aeries My favourite colour is turquoise')
        await house.closed(1)
        await world.say('mira', thread, 'What is my favourite colour?')
        await house.closed(2)
        expect(world.said(thread)).toHaveLength(2)
        expect(world.said(thread).at(-1)?.text).toMatch(/turquoise/)
        expect(world.everSaid()).toBe(2)
        const [first, second] = vllm.calls.map(({ body }) => JSON.stringify(body))
        for (const words of ['The ferry leaves at six.', 'Or at seven?']) expect(first).toContain(words)
        expect(second).not.toContain('ferry')
      },
    )

    it('answers two people in one channel at once, each to their own question', async () => {
      await using scene = await open()
      const { world, vllm } = scene
      const house = await scene.house()
      vllm.script({ times: 2, fault: { kind: 'hold', at: 1 } })
      const boats = await world.say('mira', 'channel', '@Aeries what about boats?')
      const trains = await world.say('jonas', 'channel', '@Aeries what about trains?')
      await vllm.until(() => vllm.running === 2, patience())
      await vllm.setState({ health: 'ok' })
      const closed = await house.closed(2)
      const answersTo = (id: string) => world.said('channel').filter(({ answers }) => answers === id)
      expect(answersTo(boats.id).map(({ text }) => text)).toEqual([expect.stringContaining('boats')])
      expect(answersTo(trains.id).map(({ text }) => text)).toEqual([expect.stringContaining('trains')])
      expect(answersTo(boats.id)[0]?.text).not.toContain('trains')
      expect(answersTo(trains.id)[0]?.text).not.toContain('boats')
      expect(closed.map(({ turn }) => turn.asker.name).sort()).toEqual(['Jonas', 'Mira'])
    })

    whoAddsSomething(open)
  })
}

function whoAddsSomething(open: OpenScene): void {
  it('asks anew with both when the asker adds something before a word is shown', async () => {
    await using scene = await open()
    const { world, vllm } = scene
    const house = await scene.house()
    vllm.script({ ttftMs: 60_000, text: 'Too late.' }, { text: 'They turn at noon.' })
    await world.say('mira', 'dm', 'How are')
    await vllm.until(() => vllm.running === 1, patience())
    await world.say('mira', 'dm', 'the tides?')
    const [closed] = await house.closed(1)
    await vllm.until(() => vllm.calls[0]?.outcome === 'aborted', patience())
    expect(closed?.turn.asked.map(({ message }) => message.text)).toEqual(['How are', 'the tides?'])
    expect(vllm.calls).toHaveLength(2)
    expect(JSON.stringify(vllm.calls[1]?.body)).toMatch(/How are\\nthe tides\?/)
    expect(world.said('dm').map(({ text }) => text)).toEqual(['They turn at noon.'])
  })

  it('finishes an answer that is seen, and collects what the asker adds to it into one next turn', async () => {
    await using scene = await open()
    const { world, vllm } = scene
    const house = await scene.house()
    const long = { tokens: ['On boats. ', ...wordsOf(60)], itlMs: 20, fault: { kind: 'hold', at: 1 } } as const
    vllm.script(long, { text: 'On trains and bikes.' })
    await world.say('mira', 'dm', 'boats')
    await world.until('dm', text => text.startsWith('On boats.'))
    await world.say('mira', 'dm', 'trains')
    await world.say('mira', 'dm', 'bikes')
    await vllm.setState({ health: 'ok' })
    const closed = await house.closed(2)
    const asked = closed.map(({ turn }) => turn.asked.map(({ message }) => message.text))
    expect(asked).toEqual([['boats'], ['trains', 'bikes']])
    const [boats = '', trains = '', ...others] = world.said('dm').map(({ text }) => text)
    expect(others).toEqual([])
    expect(sameText(vllm.calls[0]?.text ?? '', [boats])).toEqual({ same: true })
    expect(trains).toBe('On trains and bikes.')
    expect(vllm.calls).toHaveLength(2)
    expect(JSON.stringify(vllm.calls[1]?.body)).toContain('On boats. word0 ')
  })
}
