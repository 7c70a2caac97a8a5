import { expect, it } from 'vitest'
import { Answer } from '#adapters/web/answer.ts'
import { AnswerReader } from '#adapters/web/answer-reader.ts'
import { parsePosition } from '#adapters/web/position.ts'
import { messageId } from '#src/core/ids.ts'

it('tells whoever comes late in short events, each with a place to go on from, none with half of a character at its end', () => {
  const answer = new Answer('12345678-1234-1234-1234-123456789012-1234', 'talk')
  const text = `${'word '.repeat(79)}wor😀 ${'and so on '.repeat(100)}`
  answer.put({ key: '', part: 0, phase: 'interim', text }, messageId('web', undefined, 'talk', '0'))
  const events = new AnswerReader(answer).next().trimEnd().split('\n\n')
  const tokens = events.map(event => (JSON.parse(event.replace(/^id: .*\ndata: /, '')) as { token: string }).token)
  expect(tokens.join('')).toBe(text)
  expect(tokens.filter(token => token.length > 400 || !token.isWellFormed())).toEqual([])
  for (const [at, event] of events.entries()) {
    const from = parsePosition(/^id: (.*)$/m.exec(event)?.[1] ?? '')
    const rest = events.slice(at + 1).map(event => `${event}\n\n`)
    expect(new AnswerReader(answer, from).next()).toBe(rest.join(''))
  }
})
