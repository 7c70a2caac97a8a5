import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import type { Figure } from '#bench/frame/figure.ts'

const command = fileURLToPath(new URL('../../src/commands/bench.ts', import.meta.url))

describe('npm run bench', () => {
  it('prints one object as the last line, whose exit code says whether all figures hold', async () => {
    const { code, stdout, stderr } = await bench('history', '--json', '--messages', '20000', '--operations', '200')
    expect(stderr).toBe('')
    const result = JSON.parse(stdout.trimEnd().split('\n').at(-1) ?? '') as {
      bench: string
      figures: readonly Figure[]
    }
    expect(result).toMatchObject({ bench: 'history', messages: 20_000 })
    expect(result.figures.map(({ name, unit, limit, better }) => ({ name, unit, limit, better }))).toEqual([
      { name: 'append p99', unit: 'ms', limit: 1, better: 'lower' },
      { name: 'last-20 read p99', unit: 'ms', limit: 1, better: 'lower' },
    ])
    for (const { value, limit, holds } of result.figures) expect(holds).toBe(value <= limit)
    expect(code).toBe(result.figures.every(({ holds }) => holds) ? 0 : 1)
  })

  it.for([
    [[], 'Which bench?'],
    [['no-such'], 'There is no bench no-such.'],
  ] as const)('lists the benches when it is called with %j', async ([args, words]) => {
    const { code, stdout, stderr } = await bench(...args)
    expect(code).toBe(1)
    expect(stdout).toBe('')
    expect(stderr).toContain(words)
    expect(stderr).toMatch(/^ {2}history +appending to /m)
    expect(stderr).not.toContain('    at ')
  })

  it.for([
    [['history', '--mesages', '5'], "Unknown option '--mesages'"],
    [['history', '--messages', 'many'], '--messages many is not a whole number'],
  ] as const)('says what is wrong with %j', async ([args, words]) => {
    const { code, stderr } = await bench(...args)
    expect(code).toBe(1)
    expect(stderr).toContain(words)
    expect(stderr).not.toContain('    at ')
  })
})

function bench(...args: readonly string[]): Promise<Readonly<{ code: number; stdout: string; stderr: string }>> {
  return new Promise(resolve => {
    const child = execFile(process.execPath, [command, ...args], (_, stdout, stderr) => {
      resolve({ code: child.exitCode ?? -1, stdout, stderr })
    })
  })
}
