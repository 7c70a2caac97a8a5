import { describe, expect, it } from 'vitest'
import { readConfig } from '#src/config.ts'
import { ConfigError } from '#src/core/errors.ts'

type Settings = Readonly<Record<string, string>>

const set: Settings = { DISCORD_TOKEN: 'a-token' }

/** What the one message says, line by line. */
function faultsOf(settings: Settings): readonly string[] {
  try {
    readConfig({ ...set, ...settings })
  } catch (error) {
    return String(error).split('\n- ').slice(1)
  }
  return []
}

describe('readConfig', () => {
  it.each(['DISCORD_TOKEN', 'VLLM_API_KEY'])('takes only what a header can carry as %s, and never tells it', name => {
    for (const value of ['пароль', 'hun ter2', 'hunter2\nhunter3', 'hunter\u00a02', 'Bot hun ter2']) {
      const faults = faultsOf({ [name]: value })
      expect(faults).toEqual([expect.stringMatching(`^${name}: it will not do: must be printable ASCII`)])
      expect(faults.join()).not.toMatch(/hun|ter|пароль/)
    }
  })

  it('takes a token for what it is behind a scheme and between blanks', () => {
    const config = readConfig({ DISCORD_TOKEN: ' Bot  a.to-ken_1 \n', VLLM_API_KEY: ' sk-1\t' })
    expect([config.discord?.token, config.vllm.apiKey]).toEqual(['a.to-ken_1', 'sk-1'])
  })

  it.each(['VLLM_FIRST_CONTENT_MS', 'VLLM_IDLE_MS', 'VLLM_TOTAL_MS'])('takes no %s that no timer can wait', name => {
    expect(faultsOf({ [name]: '2147483647' })).toEqual([])
    expect(faultsOf({ [name]: '2147483648' })).toEqual([
      expect.stringContaining('"2147483648" will not do: must be at most 2147483647 (24 days)'),
    ])
  })

  it.each([
    ['MAX_TOKENS', 1_000_000],
    ['VLLM_CONTEXT_LENGTH', 10_000_000],
    ['TOP_K', 1_000_000],
    ['DISCORD_REQUESTS_PER_SECOND', 10_000],
  ])('says how much %s may be at most', (name, most) => {
    expect(faultsOf({ [name]: `${most}` })).toEqual([])
    expect(faultsOf({ [name]: `${most + 1}` })).toEqual([expect.stringContaining(`must be at most ${most}.`)])
  })

  it.each([
    'ftp://user:hunter2@host',
    'http://user:hunter2@host:8000',
    'http://hunter2@host',
    'user:hunter2@host',
    'http://user:hun@ter2@ho st',
  ])('never tells who opens %s', address => {
    for (const name of ['VLLM_URL', 'DISCORD_API_URL']) {
      const faults = faultsOf({ [name]: address })
      expect(faults).toEqual([expect.stringMatching(`^${name}: "…@ho ?st(:8000)?" will not do: must `)])
      expect(faults.join()).not.toMatch(/hun|ter2|user:/)
    }
  })

  it('tells what is wrong with files beside what is wrong with settings', () => {
    const asked: unknown[] = []
    const check = (settings: Readonly<Record<string, unknown>>) => {
      asked.push([settings['PERSONA_PATH'], settings['MAX_TOKENS'], settings['TOP_K']])
      throw new ConfigError('the file is gone')
    }
    const environment = { ...set, PERSONA_PATH: 'me.md', MAX_TOKENS: 'many' }
    expect(() => readConfig(environment, [check])).toThrow(/\n- MAX_TOKENS: .*\n- the file is gone$/)
    expect(asked).toEqual([['me.md', undefined, 20]])
  })

  it('passes on what a check fails with by itself', () => {
    const broken = () => {
      throw new TypeError('a fault of our own')
    }
    expect(() => readConfig(set, [broken])).toThrow(TypeError)
  })
})
