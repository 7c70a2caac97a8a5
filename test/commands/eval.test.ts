import { execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { text } from 'node:stream/consumers'
import { afterAll, describe, expect, it } from 'vitest'
import { createVllmServer } from '#playground/vllm-server/vllm-server.ts'

const home = mkdtempSync(join(tmpdir(), 'aeries-eval-'))
afterAll(() => rmSync(home, { recursive: true }))

function scriptOf(...lines: readonly object[]): string {
  const file = join(home, `${crypto.randomUUID()}.jsonl`)
  writeFileSync(file, lines.map(line => `${JSON.stringify(line)}\n`).join(''))
  return file
}

/** In a folder of its own, so that no `.env` of this machine gets into it. */
async function evaluate(args: readonly string[], env: Readonly<Record<string, string>> = {}) {
  const command = spawn(process.execPath, [resolve('src/commands/eval.ts'), ...args], {
    cwd: home,
    env: { PATH: process.env['PATH'], ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const [stdout, stderr] = await Promise.all([text(command.stdout), text(command.stderr), once(command, 'close')])
  return { code: command.exitCode, stdout, stderr }
}

/** `script` of util-linux gives a command a terminal of its own. */
const hasTerminals = process.platform === 'linux' && existsSync('/usr/bin/script')

const lastObject = (told: string) => JSON.parse(told.trim().split('\n').at(-1) ?? '')

describe('npm run eval', () => {
  it('tells precision, recall and leaks of scripted talks, and that all holds', async () => {
    const { code, stdout, stderr } = await evaluate([resolve('test/fixtures/eval/first-talks.jsonl'), '--json'])
    expect(stderr).toBe('')
    const { bench, cases, figures, misses } = lastObject(stdout)
    expect({ code, bench, cases, misses }).toEqual({ code: 0, bench: 'eval', cases: 3, misses: [] })
    expect(figures).toMatchObject([
      { name: 'precision of what is learnt', value: 1, holds: true },
      { name: 'recall of what is learnt', value: 1, holds: true },
      { name: 'recall of the brief', value: 1, holds: true },
      { name: 'leaks', value: 0, better: 'lower', holds: true },
    ])
  })

  it('names each line that does not come out, and ends with 1', async () => {
    const file = scriptOf(
      { case: 'too much wanted' },
      { who: 'mira', where: 'dm', says: 'Call me Mira.', learns: [{ slot: 'role', value: 'nurse' }] },
      { who: 'mira', where: 'dm', asks: 'Hi', must: ['Berlin'], mustNot: ['mira'] },
    )
    const { code, stdout, stderr } = await evaluate([file])
    expect({ code, stderr }).toEqual({ code: 1, stderr: '0 %  too much wanted\n' })
    expect(stdout).toContain('line 2, too much wanted: did not learn role "nurse" (learnt)')
    expect(stdout).toContain('line 2, too much wanted: learnt call_me "mira" by detector')
    expect(stdout).toContain('line 3, too much wanted: the brief does not say "Berlin"')
    expect(stdout).toContain('line 3, too much wanted: the brief gives away "mira"')
    expect(stdout).toMatch(/DOES NOT HOLD\s+recall of the brief\s+0 \(0 of 1\)/)
    expect(stdout).toMatch(/DOES NOT HOLD\s+leaks\s+1 of 1/)
  })

  it('asks the model at VLLM_URL about lines without a scripted observer', async () => {
    await using server = await createVllmServer()
    const file = scriptOf(
      { who: 'mira', where: 'dm', says: 'Call me Mira.', learns: [{ slot: 'call_me', value: 'Mira' }] },
      { who: 'mira', where: 'dm', says: 'I use Vim.', observer: [] },
    )
    const { code } = await evaluate([file], { VLLM_URL: server.url })
    expect(code).toBe(0)
    expect(server.calls.filter(({ body }) => 'response_format' in body)).toHaveLength(1)
  })

  it.skipIf(!hasTerminals)('draws how far it is in a terminal, and takes that away before it tells', () => {
    const file = scriptOf({ case: 'a name' }, { who: 'mira', where: 'dm', says: 'Call me Mira.' })
    const command = `${process.execPath} ${resolve('src/commands/eval.ts')} ${file}`
    const env = { PATH: process.env['PATH'] }
    const told = execFileSync('script', ['-qec', command, '/dev/null'], { cwd: home, env, encoding: 'utf8' })
    const clear = '\r\u001b[K'
    expect(told).toContain(`${clear}${'░'.repeat(30)}   0 %  a name${clear}${file}: 1 cases\r\n`)
  })

  it('says what is wrong with the words of the command', async () => {
    const { code, stderr } = await evaluate(['nowhere.jsonl'])
    expect({ code, stderr }).toEqual({ code: 1, stderr: expect.stringMatching(/nowhere.jsonl cannot be read/) })
  })
})
