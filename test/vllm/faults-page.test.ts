import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'

const page = readFileSync('docs/faults.md', 'utf8')
const rows = page.split('\n').filter(line => /^\| \d/.test(line))
const cells = rows.map(row =>
  row
    .split('|')
    .slice(1, -1)
    .map(cell => cell.trim()),
)

const own = ['test/vllm/faults.test.ts', 'test/vllm/model-faults.test.ts']

/** The names that one cell gives: of the file before them, or of one of the page's own. */
function testsOf(cell: string): readonly Readonly<{ files: readonly string[]; name: string }>[] {
  return cell.split('<br>').map(entry => {
    const [first = '', second] = [...entry.matchAll(/`([^`]+)`/g)].map(found => found[1])
    return second === undefined ? { files: own, name: first } : { files: [first], name: second }
  })
}

function namesIn(file: string): readonly string[] {
  return [...readFileSync(file, 'utf8').matchAll(/\bit\(\s*'((?:[^'\\]|\\.)*)'/g)].map(([, name = '']) => name)
}

describe('docs/faults.md', () => {
  it('has a row for each of the 34 faults, whole and in order', () => {
    expect(cells.map(([number]) => Number(number))).toEqual(Array.from({ length: 34 }, (_, n) => n + 1))
    for (const row of cells) {
      expect(row).toHaveLength(5)
      expect(row).not.toContain('')
    }
  })

  it('names tests that there are', () => {
    const missing = cells
      .flatMap(row => testsOf(row.at(-1) ?? ''))
      .filter(({ files, name }) => !files.flatMap(namesIn).includes(name))
    expect(missing).toEqual([])
  })

  it('names every test that has the number of a fault', () => {
    const told = cells.flatMap(row => testsOf(row.at(-1) ?? '')).map(({ name }) => name)
    const numbered = own.flatMap(namesIn).filter(name => /^\d/.test(name))
    expect(numbered.filter(name => !told.includes(name))).toEqual([])
  })

  it('says of people and logs what the program says', () => {
    const words = readFileSync('src/engine/words.ts', 'utf8')
    const log = readFileSync('src/vllm/vllm-server.ts', 'utf8')
    for (const [, , see = '', reads = ''] of cells) {
      for (const [, said = ''] of see.matchAll(/"([^"]+)"/g)) expect(words).toContain(said.replace(/ …$/, ''))
      for (const [, event = ''] of reads.matchAll(/`([a-z][^`]+)`/g)) expect(log).toContain(event)
    }
  })
})
