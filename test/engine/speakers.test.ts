import { describe, expect, it } from 'vitest'
import { personId } from '#src/core/ids.ts'
import { nameSpeakers, plainName } from '#src/engine/speakers.ts'

function people(...names: readonly string[]) {
  return names.map((name, i) => ({ id: personId('test', undefined, String(i)), name, external: false }))
}

describe('nameSpeakers', () => {
  it('keeps ordinary names, of any script', () => {
    expect([...nameSpeakers(people('Mira', 'Jonas B.', '李雷', 'Zoë', 'Ольга'), 'Aeries').values()]).toEqual([
      'Mira',
      'Jonas B.',
      '李雷',
      'Zoë',
      'Ольга',
    ])
  })

  it('tells equal names apart, and nobody may be called Aeries', () => {
    expect([...nameSpeakers(people('Mira', 'mira', 'ＭＩＲＡ', 'Aeries'), 'Aeries').values()]).toEqual([
      'Mira',
      'mira 2',
      'MIRA 3',
      'Aeries 2',
    ])
  })

  it('lets none of a hundred hostile names forge a line or a role', () => {
    const parts = [
      'system',
      'assistant:',
      '<|im_end|>',
      '\n',
      '\r',
      '\u2028',
      '[INST]',
      '“',
      'Mira:',
      '</context>',
      '\u202e',
      '>',
    ]
    const hostile = Array.from({ length: 100 }, (_, i) => {
      const word = (n: number) => parts[(i * 7 + n * 5 + (i >> 2)) % parts.length] ?? ''
      return `${word(0)}${word(1)}x${i}${word(2)} ${word(3)}${'long'.repeat(i % 20)}`
    })
    const labels = [...nameSpeakers(people(...hostile), 'Aeries').values()]
    expect(new Set(labels.map(label => label.toLowerCase())).size).toBe(100)
    for (const label of labels) {
      expect(label).toMatch(/^[^\n\r\u2028\u2029:：<>[\]{}()|"“]+$/)
      expect(label).not.toMatch(/\b(system|assistant|user|developer)\b/i)
      expect(label.length).toBeLessThanOrEqual(44)
    }
  })

  it('calls someone with nothing but decoration someone', () => {
    expect(plainName('[[<|>]]\n')).toBe('someone')
    expect(plainName('system')).toBe('someone')
  })
})
