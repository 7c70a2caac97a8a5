import { describe, expect, it } from 'vitest'
import { lastStop } from '#src/markdown/last-stop.ts'

describe('lastStop', () => {
  it('ends behind the last whole sentence or line', () => {
    const told = (text: string, from = 0) => text.slice(0, lastStop(text, from))
    expect(told('One. Two. Thr')).toBe('One. Two.')
    expect(told('One\nTw')).toBe('One\n')
    expect(told('One')).toBe('')
  })

  it('takes back nothing of what is shown already', () => {
    expect(lastStop('One. Two thr', 8)).toBe(8)
    expect(lastStop('One', 8)).toBe(3)
  })
})
