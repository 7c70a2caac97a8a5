import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { readConfig } from '#src/config.ts'

const folder = mkdtempSync(join(tmpdir(), 'aeries-'))
afterAll(() => rmSync(folder, { recursive: true }))

function file(name: string, content: string): string {
  const path = join(folder, name)
  writeFileSync(path, content)
  return path
}

describe('a secret in a file', () => {
  it('counts as if it were set', () => {
    const given = { DISCORD_TOKEN_FILE: file('token', 'a-token\n'), VLLM_API_KEY_FILE: file('key', 'sesame') }
    expect(readConfig(given)).toEqual(readConfig({ DISCORD_TOKEN: 'a-token', VLLM_API_KEY: 'sesame' }))
  })

  it.each([
    [
      'is missing',
      { DISCORD_TOKEN_FILE: join(folder, 'nobody') },
      /DISCORD_TOKEN_FILE: ".*nobody" cannot be read \(ENOENT\)/,
    ],
    ['is empty', { DISCORD_TOKEN_FILE: file('empty', '\n') }, /DISCORD_TOKEN_FILE: ".*empty" is empty/],
    [
      'is set as well',
      { DISCORD_TOKEN_FILE: file('one', 'hunter2'), DISCORD_TOKEN: 'hunter3' },
      /DISCORD_TOKEN_FILE: DISCORD_TOKEN is set, too/,
    ],
    ['holds something else', { DISCORD_TOKEN_FILE: file('odd', 'hun ter') }, /DISCORD_TOKEN: it will not do/],
  ])('that %s is told with its cure and without its words', (_, given, words) => {
    const read = () => readConfig(given)
    expect(read).toThrow(words)
    expect(read).not.toThrow(/hun ?ter/)
  })
})

describe('OPS_PORT', () => {
  it('is a port, or off', () => {
    const of = (port: string) => readConfig({ DISCORD_TOKEN: 'x', OPS_PORT: port }).ops
    expect([of('0'), of('off'), of('')]).toEqual([
      { host: '127.0.0.1', port: 0 },
      undefined,
      { host: '127.0.0.1', port: 9_464 },
    ])
    expect(() => of('many')).toThrow('OPS_PORT: "many" will not do: must be a port from 0 to 65535, or off')
    expect(() => of('65536')).toThrow('OPS_PORT: "65536" will not do: must be at most 65535')
  })
})
