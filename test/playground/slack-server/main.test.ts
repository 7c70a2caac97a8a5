import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { webApi } from '@slack/bolt'
import { expect, it } from 'vitest'
import { quiet } from './a-bolt-app.ts'

it('main prints where it is as one line of JSON, serves, and ends on SIGTERM', async () => {
  const child = spawn(process.execPath, ['playground/slack-server/main.ts', '--port', '0'], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const exit = once(child, 'exit')
  try {
    const [line] = (await once(createInterface({ input: child.stdout }), 'line')) as [string]
    const world = JSON.parse(line) as Record<string, string>
    expect(Object.keys(world)).toEqual(
      expect.arrayContaining(['apiUrl', 'appToken', 'signingSecret', 'mira', 'external']),
    )
    const client = new webApi.WebClient(world['botToken'], { slackApiUrl: world['apiUrl'] ?? '', logger: quiet })
    expect(await client.auth.test()).toMatchObject({ team: 'Harbour', user_id: world['botUser'] })
  } finally {
    child.kill('SIGTERM')
  }
  expect(await exit).toEqual([0, null])
})
