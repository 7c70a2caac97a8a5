import { execFile } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import type { Script } from '#playground/vllm-server/script.ts'
import type { VllmServerOptions } from '#playground/vllm-server/server-options.ts'
import { createVllmServer } from '#playground/vllm-server/vllm-server.ts'
import { checks } from '#src/commands/contract/checks.ts'
import { type Result, runContract } from '#src/commands/contract/run-contract.ts'
import { Target, type TargetOptions } from '#src/commands/contract/target.ts'
import { rawServer } from '#test/vllm/raw-server.ts'

const never = new AbortController().signal
/** The stand-in closes an idle connection after 50 ms here, so that the pauses around that are short as well. */
const idle = { keepAliveMs: 50, idleMs: [40, 50, 60] }

/** Slow enough that others come while an answer runs. */
const oneSlot = { maxNumSeqs: 1, latency: { itlMs: 2 } } as const

async function contract(options: VllmServerOptions = {}, script?: Script, more: Partial<TargetOptions> = {}) {
  await using server = await createVllmServer({ maxModelLen: 2_048, keepAliveMs: idle.keepAliveMs, ...options })
  if (script) server.script({ times: 'always', ...script })
  await using target = await Target.open({ url: server.url, signal: never, idleMs: idle.idleMs, ...more })
  return await Array.fromAsync(runContract(target))
}

function notOk(results: readonly Result[]): readonly string[] {
  return results.filter(({ level }) => level !== 'ok').map(({ number, level, told }) => `${number} ${level}: ${told}`)
}

describe('the contract', () => {
  it('has a number for each check', () => {
    expect(new Set(checks.map(({ number }) => number)).size).toBe(checks.length)
    expect(checks.length).toBeGreaterThanOrEqual(18)
  })

  it('is kept by the stand-in', async () => {
    expect(notOk(await contract())).toEqual([])
  })

  it.each([
    ['of 0.27', { profile: '0.27' }, []],
    ['of 0.10', { profile: '0.10' }, []],
    ['of the Rust front end', { profile: 'rust' }, []],
    ['with one slot', { ...oneSlot, schedulingPolicy: 'priority' }, []],
    ['with one slot, by arrival', oneSlot, ['16 warning: accepted and ignored: who comes first goes first']],
    ['with a parser for thinking', { reasoningParser: true }, []],
    ['that cannot but think', { template: 'thinking-only' }, ['7 warning: thinks though it was asked not to']],
    [
      'that tells nothing of its cache',
      { promptTokensDetails: false },
      ['12 warning: how much the cache served is not told'],
    ],
  ] as const)('is kept by the stand-in %s', async (_, options, told) => {
    expect(notOk(await contract(options))).toEqual(told)
  })

  it('sees who overtakes whom where there is one slot', async () => {
    const results = await contract({ ...oneSlot, schedulingPolicy: 'priority' })
    expect(results.find(({ number }) => number === 16)?.told).toBe('a chat overtook learning that waited')
  })

  it('is kept with a key, and asks whether another one is taken', async () => {
    expect(notOk(await contract({ apiKey: 'sesame' }, undefined, { apiKey: 'sesame' }))).toEqual([])
  })

  it.each<readonly [string, Script, number, RegExp]>([
    ['an answer that is cut', { fault: { kind: 'fin', at: 2 } }, 2, /broke off/],
    ['an answer without a finish', { fault: { kind: 'doneWithoutFinish', at: 2 } }, 2, /0 finish_reasons/],
    ['records that are doubled', { fault: { kind: 'duplicateRecords', at: 0 } }, 2, /2 finish_reasons/],
    ['no words', { text: '' }, 2, /no words/],
    ['a gateway', { http: { status: 502, body: 'Bad Gateway' } }, 2, /status 502/],
    ['a schema that is not heeded', { text: 'I am glad for you!' }, 8, /does not follow the schema/],
  ])('is broken by %s', async (_, script, number, told) => {
    const results = await contract({}, script)
    expect(results.find(result => result.number === number)).toMatchObject({
      level: 'fault',
      told: expect.stringMatching(told),
      cure: expect.stringMatching(/./),
    })
  })
})

describe('npm run contract', () => {
  it('prints a line for each check, the cure below what is not as it should be, and exits 0 without a fault', async () => {
    await using server = await createVllmServer({ maxModelLen: 2_048, ...oneSlot })
    const { code, stdout, stderr } = await run('--quick', '--url', `${server.url}/v1/`)
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
    expect(stdout).toMatch(/^http.* serving Qwen\/Qwen3-8B\n\nok {7}1 {2}what it serves/)
    expect(stdout).toMatch(/\nwarning 16 .*\n {12}→ Start it with --scheduling-policy priority\.\n/)
    expect(stdout).toMatch(/\n21 ok, 1 warnings, 0 faults, 1 skipped\n$/)
  })

  it('prints one object as the last line for --json, and exits 1 with a fault', async () => {
    await using server = await createVllmServer({ maxModelLen: 2_048 })
    server.script({ text: '', times: 'always' })
    const { code, stdout } = await run('--quick', '--url', server.url, '--json')
    expect(code).toBe(1)
    const told = JSON.parse(stdout.trimEnd().split('\n').at(-1) ?? '')
    expect(told).toMatchObject({ contract: server.url, model: 'Qwen/Qwen3-8B' })
    expect(told.faults).toBeGreaterThan(0)
    expect(told.checks).toHaveLength(checks.length)
  })

  it.each([
    ['nothing', [], /^Which server\?/],
    ['no address', ['--url', 'gpu:8000'], /is no address/],
    ['an unknown flag', ['--ulr', 'x'], /Unknown option '--ulr'/],
    [
      'an address where nobody is',
      ['--url', 'http://127.0.0.1:1'],
      /^Nobody answers at http:\/\/127\.0\.0\.1:1 \(ECONNREFUSED\)/,
    ],
  ])('says what is wrong with %s', async (_, args, words) => {
    expect(await run(...args)).toMatchObject({ code: 1, stdout: '', stderr: expect.stringMatching(words) })
  })

  it('says that a model is not listed, that a key is needed, and that something is no model server', async () => {
    await using server = await createVllmServer({ apiKey: 'sesame' })
    expect((await run('--url', server.url)).stderr).toMatch(/asks for a key: set VLLM_API_KEY/)
    expect((await run({ VLLM_API_KEY: 'sesame' }, '--url', server.url, '--model', 'x')).stderr).toMatch(
      /does not list x: --model must be one of Qwen\/Qwen3-8B/,
    )
    const folder = mkdtempSync(join(tmpdir(), 'aeries-'))
    onTestFinished(() => rmSync(folder, { recursive: true }))
    writeFileSync(join(folder, 'key'), 'sesame\n')
    const inFile = { VLLM_API_KEY_FILE: join(folder, 'key') }
    expect((await run(inFile, '--url', server.url, '--model', 'x')).stderr).toMatch(/does not list x/)
    const nowhere = { VLLM_API_KEY_FILE: join(folder, 'nobody') }
    expect((await run(nowhere, '--url', server.url)).stderr).toMatch(/^VLLM_API_KEY_FILE: .* cannot be read \(ENOENT\)/)
    await using other = await rawServer(call => call.reply(200, '<html>', 'text/html'))
    expect((await run('--url', other.url)).stderr).toMatch(/lists no models/)
  })
})

type Environment = Readonly<Record<string, string>>

function run(...args: readonly (string | Environment)[]) {
  const words = args.filter(arg => typeof arg === 'string')
  const env = Object.assign({ PATH: process.env['PATH'] }, ...args.filter(arg => typeof arg !== 'string'))
  return new Promise<Readonly<{ code: number; stdout: string; stderr: string }>>(resolve => {
    const child = execFile(process.execPath, ['src/commands/contract.ts', ...words], { env }, (_, stdout, stderr) => {
      resolve({ code: child.exitCode ?? -1, stdout, stderr })
    })
  })
}
