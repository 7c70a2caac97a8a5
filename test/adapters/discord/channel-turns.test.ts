import { describe, expect, it } from 'vitest'
import { ChannelTurns } from '#adapters/discord/channel-turns.ts'

describe('ChannelTurns', () => {
  it('keeps the order behind a channel that has to be asked for, and holds up no other', async () => {
    const asked: string[] = []
    const answer = Promise.withResolvers<void>()
    const turns = new ChannelTurns(channel => {
      asked.push(channel)
      return answer.promise
    })
    const told: string[] = []
    const tell = (word: string) => () => void told.push(word)

    turns.take({ id: 'a', known: false }, tell('first'))
    turns.take({ id: 'a', known: true }, tell('second'))
    turns.take({ id: 'b', known: true }, tell('other'))
    turns.take(undefined, tell('elsewhere'))
    expect(told).toEqual(['other', 'elsewhere'])

    answer.resolve()
    await expect.poll(() => told).toEqual(['other', 'elsewhere', 'first', 'second'])
    expect(asked).toEqual(['a'])

    turns.take({ id: 'a', known: true }, tell('third'))
    expect(told.at(-1)).toBe('third')
  })
})
