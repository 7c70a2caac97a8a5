import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'

const [, section = ''] = readFileSync('docs/faults.md', 'utf8').split('# Faults of a platform')
const rows = section
  .split('\n')
  .filter(line => /^\| (?!fault )/.test(line))
  .map(line => line.split(' | ').map(cell => cell.replace(/^\| | \|$/g, '').trim()))

describe('the faults of a platform in docs/faults.md', () => {
  it('are told whole', () => {
    expect(rows.length).toBeGreaterThanOrEqual(18)
    for (const row of rows) {
      expect(row).toHaveLength(4)
      expect(row).not.toContain('')
    }
  })

  it('name tests that there are', () => {
    const named = rows.flatMap(([fault, , , tests = '']) => {
      const pairs = tests.split('<br>').map(entry => [...entry.matchAll(/`([^`]+)`/g)].map(([, one = '']) => one))
      expect(pairs.every(pair => pair.length === 2)).toBe(true)
      return pairs.map(([file = '', name = '']) => ({ fault, file, name }))
    })
    const missing = named.filter(({ file, name }) => !readFileSync(file, 'utf8').includes(`${name}`))
    expect(missing).toEqual([])
  })

  it('say of logs what the program says', () => {
    const files = ['missed-words', 'look-back', 'socket-door', 'slack-adapter', 'listener'].map(
      name => `adapters/slack/${name}.ts`,
    )
    const discord = ['gateway', 'listener', 'missed'].map(name => `adapters/discord/${name}.ts`)
    const sources = [...files, ...discord, 'src/engine/engine.ts', 'src/side-by-side.ts']
      .map(file => readFileSync(file, 'utf8'))
      .join('\n')
    const told = rows.flatMap(([, , reads = '']) => [...reads.matchAll(/`([^`]+)`/g)].map(([, event = '']) => event))
    expect(told.length).toBeGreaterThan(5)
    expect(told.filter(event => !sources.includes(event))).toEqual([])
  })
})
