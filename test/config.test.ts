import { describe, expect, it } from 'vitest'
import { readConfig } from '#src/config.ts'

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
})
