import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { readSettings } from '#playground/settings.ts'

test('the playground takes a model from .env and nothing of the real service: no token, no database', () => {
  const settings = readSettings(
    { SLACK_APP_TOKEN: 'xapp-real', TEMPERATURE: '0.2' },
    aDotEnv(
      'VLLM_URL=http://127.0.0.1:8000\nDISCORD_TOKEN=real\nSLACK_BOT_TOKEN=xoxb-real\nDATABASE_PATH=./data/aeries.db\n',
    ),
  )
  expect(settings).toEqual({
    vllmUrl: 'http://127.0.0.1:8000',
    model: 'Qwen/Qwen3-8B',
    databasePath: './data/playground/aeries.db',
    logPath: './data/playground/service.log',
    port: 4_180,
    environment: { OPS_PORT: '0', DISCORD_TOKEN: '', SLACK_BOT_TOKEN: '', SLACK_APP_TOKEN: '', TEMPERATURE: '0.2' },
  })
})

test('the environment goes before .env', () => {
  const dotEnv = aDotEnv('VLLM_URL=http://127.0.0.1:8000\nVLLM_MODEL=one\n')
  const { vllmUrl, model, databasePath } = readSettings(
    { VLLM_URL: '', VLLM_MODEL: 'two', DATABASE_PATH: '/x/y.db' },
    dotEnv,
  )
  expect([vllmUrl, model, databasePath]).toEqual([undefined, 'two', '/x/y.db'])
})

function aDotEnv(content: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'aeries-env-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  const path = join(folder, '.env')
  writeFileSync(path, content)
  return path
}
