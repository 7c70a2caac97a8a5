import { describe, expect, it } from 'vitest'
import { createVllmServer } from '#playground/vllm-server/vllm-server.ts'
import { Service } from '#test/support/start-service.ts'
import { aHouse, type House } from './slack-house.ts'
import { said } from './writing.ts'

describe('npm start with Slack', () => {
  it('answers over a real line, logs neither words nor tokens, and stops cleanly', async () => {
    await using vllm = await createVllmServer()
    await using house = await aHouse()
    await using service = new Service(settings(house, { VLLM_URL: vllm.url, LEARNING: 'off' }))
    await service.says('Aeries is here')
    vllm.script({ text: 'The tide turns at noon.' })
    house.server.people.say('mira', 'dm', 'when does the tide turn?')
    await expect.poll(() => said(house, 'dm:mira')).toEqual(['The tide turns at noon.\nAeries is an AI.'])
    service.kill('SIGTERM')
    expect(await service.exit()).toBe(0)
    expect(service.said).not.toMatch(/tide|xoxb-|xapp-/)
  })

  it('ends with cause and cure when the token is refused', async () => {
    await using house = await aHouse()
    await using service = new Service(settings(house, { SLACK_BOT_TOKEN: 'xoxb-nobody' }))
    expect(await service.exit()).toBe(1)
    expect(service.said).toMatch(/SLACK_BOT_TOKEN was refused \(invalid_auth\): .*install it to the workspace again/)
  })
})

function settings({ server, harbour }: House, more: Readonly<Record<string, string>>) {
  return {
    SLACK_BOT_TOKEN: harbour.botToken,
    SLACK_APP_TOKEN: server.app.appToken,
    SLACK_API_URL: server.apiUrl,
    DATABASE_PATH: ':memory:',
    ...more,
  }
}
