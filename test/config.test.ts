import { describe, expect, it } from 'vitest'
import { readConfig } from '#src/config.ts'
import { ConfigError } from '#src/core/errors.ts'
import { keepsDaysBy } from '#src/retention-config.ts'

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

  it('takes it in minutes how long somebody waits for an answer', () => {
    expect([{}, { PATIENCE_MINUTES: '5' }].map(given => readConfig({ ...set, ...given }).patienceMs)).toEqual([
      900_000, 300_000,
    ])
    expect(faultsOf({ PATIENCE_MINUTES: '0' })).toHaveLength(1)
  })

  it('takes the places where it learns otherwise, and names a wrong one', () => {
    const { learning } = readConfig({ ...set, LEARNING: 'ask', LEARNING_PLACES: 'slack:T1:C2 = off,discord:-=on' })
    expect(learning.mode).toBe('ask')
    expect([...learning.places]).toEqual([
      ['slack:T1:C2', 'off'],
      ['discord:-', 'on'],
    ])
    for (const value of ['slack', 'slack:T1=maybe', 'slack:T1=on,,', '=on']) {
      expect(faultsOf({ LEARNING_PLACES: value })[0]).toMatch(
        /^LEARNING_PLACES: .* will not do: must be PLATFORM:WORKSPACE/,
      )
    }
    expect(faultsOf({ LEARNING_PLACES: 'slack:T1=off,slack:T1=on' })[0]).toMatch(/will not do: names slack:T1 twice/)
  })

  it('takes for how long words are kept, everywhere or in one place, and names a wrong line', () => {
    const told = 'discord = 30,slack:T1=7, slack:T1:C2=0'
    const { retention } = readConfig({ ...set, RETENTION_PLACES: told })
    const days = keepsDaysBy(retention)
    const places = [
      ['web', '-', 'a'],
      ['discord', '12', 'a'],
      ['slack', 'T1', 'C1'],
      ['slack', 'T1', 'C2'],
    ] as const
    expect(places.map(([platform, workspace, channel]) => days({ platform, workspace, channel }))).toEqual([
      180, 30, 7, 0,
    ])
    for (const value of ['slack', 'slack=ever', 'slack=1,,', 'slack=99999', '=3']) {
      expect(faultsOf({ RETENTION_PLACES: value })[0]).toMatch(/^RETENTION_PLACES: .* will not do: must be PLATFORM/)
    }
    expect(faultsOf({ RETENTION_DAYS: '-1' })).toHaveLength(1)
  })

  it('takes what emoji mean, everywhere or in one workspace, and names a wrong line', () => {
    const told = '✂️=too short, slack:T1/:shipit: = loved,🔁=nothing, 🎬=stop'
    expect(readConfig({ ...set, REACTIONS: told }).reactions).toEqual([
      { emoji: '✂️', workspace: undefined, meaning: { type: 'feedback', verdict: 'too short' } },
      { emoji: ':shipit:', workspace: 'slack:T1', meaning: { type: 'feedback', verdict: 'loved' } },
      { emoji: '🔁', workspace: undefined, meaning: undefined },
      { emoji: '🎬', workspace: undefined, meaning: { type: 'control', control: 'stop' } },
    ])
    for (const value of ['✂️', '✂️=shorter', '=good', '👍=good,,', 'slack/:ok:=good']) {
      expect(faultsOf({ REACTIONS: value })[0]).toMatch(/^REACTIONS: .* will not do: must be EMOJI=MEANING/)
    }
  })

  it.each([
    ['BRIEF_TOKENS', 600],
    ['MAX_TOKENS', 1_000_000],
    ['VLLM_CONTEXT_LENGTH', 10_000_000],
    ['TOP_K', 1_000_000],
    ['VLLM_MAX_CONCURRENT', 100_000],
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

  it('takes one server or several, and names the address that is wrong', () => {
    const urls = (list: string) => readConfig({ ...set, VLLM_URL: list }).vllm.url
    expect(readConfig(set).vllm.url).toEqual(['http://127.0.0.1:8000'])
    expect(urls('http://a:8000')).toEqual(['http://a:8000'])
    expect(urls(' http://a:8000/v1 ,https://b/gpu,')).toEqual(['http://a:8000/v1', 'https://b/gpu'])
    expect(faultsOf({ VLLM_URL: 'http://a:8000, localhost:8000, http://c' })).toEqual([
      expect.stringMatching(/^VLLM_URL: "localhost:8000" will not do: must be an address like/),
    ])
    expect(faultsOf({ VLLM_URL: 'ftp://a,http://b:99999' })).toEqual([
      expect.stringContaining('VLLM_URL: "ftp://a" will not do'),
      expect.stringContaining('VLLM_URL: "http://b:99999" will not do'),
    ])
    expect(faultsOf({ VLLM_URL: ',' })).toEqual([expect.stringContaining('must name a server')])
    expect(faultsOf({ VLLM_URL: 'http://a/,http://b,http://a/v1' })).toEqual([
      expect.stringContaining('must name each server once'),
    ])
  })

  it('never tells who opens one of several servers', () => {
    for (const list of ['http://a,http://user:hunter2@b', 'http://user:hun,ter2@b', 'http://a,user:hun,ter2@b']) {
      const faults = faultsOf({ VLLM_URL: list })
      expect(faults.length).toBeGreaterThan(0)
      for (const fault of faults) expect(fault).toMatch(/^VLLM_URL: "…@b" will not do: must /)
    }
  })

  it('sends the name of a conversation in a header that has no other meaning, or in none', () => {
    const header = (name: string) => readConfig({ ...set, VLLM_SESSION_HEADER: name }).vllm.sessionHeader
    expect(readConfig(set).vllm.sessionHeader).toBe('x-session-id')
    expect(header('X-User-Id')).toBe('x-user-id')
    expect(header('Off')).toBeUndefined()
    for (const name of ['x session', 'x:', 'сессия', 'Authorization', 'content-length', 'X-Request-Id'])
      expect(faultsOf({ VLLM_SESSION_HEADER: name })).toEqual([expect.stringContaining('like x-session-id, or off')])
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
