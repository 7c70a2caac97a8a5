import { describe, expect, it } from 'vitest'
import { readScript } from '#src/commands/eval/script.ts'

const read = (...lines: readonly (object | string)[]) =>
  readScript(lines.map(line => (typeof line === 'string' ? line : JSON.stringify(line))).join('\n'), 'talks.jsonl')

describe('a script of conversations', () => {
  it('is read line by line, with what is left out filled in', () => {
    const steps = read(
      '// a remark',
      '',
      { case: 'one' },
      { who: 'mira', where: '#tea', says: 'Hi' },
      { who: 'mira', where: 'dm', asks: 'Hi' },
    )
    expect(steps).toEqual([
      { type: 'case', line: 3, name: 'one' },
      { type: 'says', line: 4, who: 'mira', where: '#tea', workspace: 'T1', says: 'Hi', reply: 'Noted.' },
      { type: 'brief', line: 5, who: 'mira', where: 'dm', workspace: 'T1', asks: 'Hi', must: [], mustNot: [] },
    ])
  })

  it.each([
    [{ who: 'mira', where: 'cellar', asks: 'Hi' }, /line 1: .*is dm, #name, private:name or external:name/],
    [{ who: 'mira', where: 'dm', says: 'Hi', learns: [{ slot: 'mood', value: 'x' }] }, /line 1: .*slot/],
    [{ who: 'mira', where: 'dm', asks: 'Hi', mustNit: [] }, /line 1: .*mustNit/],
    ['{"who":', /line 1: this is no JSON/],
    ['// only a remark', /has no line to run/],
  ])('says what is wrong with a line (%#)', (line, words) => {
    expect(() => read(line)).toThrow(words)
  })
})
