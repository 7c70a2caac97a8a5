import { execFile, spawn } from 'node:child_process'
import { globSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, onTestFinished, test } from 'vitest'

const builds = globSync('node_modules/node-*/bin/node{,.exe}')

describe('node run.cjs', () => {
  test('runs a file with its arguments, and ends with its exit code', async () => {
    const { file } = aScript()
    expect(await run(['run.cjs', file, 'one', '--two'])).toEqual({ code: 7, output: `${process.version} one --two` })
  })

  test.skipIf(builds.length === 0)(
    'under an older Node finds the newer one that npm installed, link or not',
    async () => {
      const { file, older } = aScript()
      const { code, output } = await run(['--require', older, 'run.cjs', file, 'one'])
      expect({ code, words: output.split(' ').slice(1) }).toEqual({ code: 7, words: ['one'] })
      expect(Number.parseInt(output.slice(1), 10)).toBeGreaterThanOrEqual(24)
    },
  )

  test('keeps what Node makes of files for the next start', async () => {
    const { file } = aScript("import { getCompileCacheDir } from 'node:module'\nconsole.log(getCompileCacheDir())\n")
    const { output } = await run(['run.cjs', file])
    expect(output).toContain(process.env['NODE_COMPILE_CACHE'] ?? join('node_modules', '.cache', 'node'))
  })

  const nodes = [
    { node: 'this Node', flags: '' },
    ...(builds.length === 0 ? [] : [{ node: 'an older Node', flags: '--require "$older"' }]),
  ]
  test.skipIf(process.platform === 'win32').each(nodes)(
    'under $node ends with the shell that npm ran it in',
    async ({ flags }) => {
      const { file, older } = aScript(waiting)
      // A shell that does more than one thing stays, as the one of many systems does: it is what npm's SIGTERM ends.
      const shell = spawn('sh', ['-c', `"$node" ${flags} run.cjs "$file"; true`], {
        env: { ...process.env, node: process.execPath, older, file, npm_lifecycle_script: `node run.cjs ${file}` },
        stdio: ['ignore', 'pipe', 'inherit'],
      })
      let output = ''
      for await (const words of shell.stdout.setEncoding('utf8')) {
        output += words
        if (output === 'here\n') shell.kill('SIGTERM')
      }
      expect(output).toBe('here\nSIGTERM\n')
    },
  )
})

const waiting = `
console.log('here')
const held = setInterval(() => {}, 1_000)
process.on('SIGTERM', signal => {
  console.log(signal)
  clearInterval(held)
})
`

const telling =
  'const words: string[] = process.argv.slice(2)\nconsole.log(process.version, ...words)\nprocess.exitCode = 7\n'

/** A script, which tells what runs it, and a preload that makes a Node say it were older. */
function aScript(words = telling): Readonly<{ file: string; older: string }> {
  const folder = mkdtempSync(join(tmpdir(), 'aeries-run-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  const [file, older] = [join(folder, 'script.ts'), join(folder, 'older.cjs')]
  writeFileSync(file, words)
  writeFileSync(
    older,
    "Object.defineProperty(process, 'versions', { value: { ...process.versions, node: '22.22.0' } })\n",
  )
  return { file, older }
}

function run(args: readonly string[]): Promise<Readonly<{ code: number; output: string }>> {
  const { promise, resolve } = Promise.withResolvers<Readonly<{ code: number; output: string }>>()
  const child = execFile(process.execPath, [...args], (_, output) =>
    resolve({ code: child.exitCode ?? -1, output: output.trim() }),
  )
  return promise
}
