import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { expect, it } from 'vitest'
import { botScopes } from '#adapters/slack/subscriptions.ts'
import { createDiscordServer, type DiscordServer } from '#playground/discord-server/discord-server.ts'
import { buildHarbour } from '#playground/discord-server/harbour.ts'
import { buildHarbour as buildSlackHarbour } from '#playground/slack-server/harbour.ts'
import { createSlackServer } from '#playground/slack-server/slack-server.ts'
import { createVllmServer } from '#playground/vllm-server/vllm-server.ts'
import { optionsOf } from '#test/journey/commands/desk.ts'
import { patience } from '#test/support/patience.ts'
import { Service } from '#test/support/start-service.ts'

const words = {
  question: 'xylophone',
  answer: 'marimba',
  name: 'Quirinia',
  command: 'zither',
  voice: 'glockenspiel',
}
/** What people ask Aeries for by name, and what they say with it. */
const asked = [
  ['me', ''],
  ['why', ''],
  ['export', ''],
  ['correct', `1 ${words.command}`],
  ['forget', words.command],
  ['persona', words.command],
] as const

it('neither logs of any level, nor metrics, nor a crash, nor a report of Node hold a secret or what people say', async () => {
  await using parts = new AsyncDisposableStack()
  const folder = await mkdtemp(join(tmpdir(), 'aeries-'))
  parts.defer(() => rm(folder, { recursive: true }))
  const vllm = parts.use(await createVllmServer({ apiKey: 'planted-key-of-vllm' }))
  const discord = parts.use(await createDiscordServer({ token: 'planted-token-of-discord' }))
  buildHarbour(discord)
  const slack = parts.use(await createSlackServer({ app: { scopes: botScopes } }))
  const { botToken } = buildSlackHarbour(slack)
  const persona = join(folder, 'aeries.md')
  await writeFile(persona, `You are Aeries and play the ${words.voice}.`)
  const crash = join(folder, 'crash.mjs')
  await writeFile(crash, crashes)
  const reports = `--report-on-signal --report-uncaught-exception --report-directory=${folder}`
  const service = parts.use(
    new Service({
      LOG_LEVEL: 'trace',
      OPS_PORT: '0',
      DATABASE_PATH: join(folder, 'aeries.db'),
      PERSONA_PATH: persona,
      DISCORD_TOKEN: discord.token,
      DISCORD_API_URL: discord.apiUrl,
      SLACK_BOT_TOKEN: botToken,
      SLACK_APP_TOKEN: slack.app.appToken,
      SLACK_API_URL: slack.apiUrl,
      VLLM_URL: vllm.url,
      VLLM_API_KEY: 'planted-key-of-vllm',
      NODE_OPTIONS: `--import=${crash} ${reports}`,
    }),
  )
  await service.says('Aeries is here')
  const [, url] = /"url":"([^"]+)","msg":"health and metrics/.exec(service.said) ?? []
  discord.scene.createPerson({ name: 'quirinia', displayName: words.name })
  vllm.script({ text: `The ${words.answer} says hello.` })
  discord.people.say('quirinia', 'dm', `My secret is the ${words.question}.`)
  const isAnswer = ({ authorId }: { authorId: string }) => authorId === discord.botId
  await discord.watch.nextMessage('dm:quirinia', isAnswer, patience())
  await askByName(discord)
  // A platform and a server that fail have most to say.
  discord.faults.add({ kind: 'error', method: 'POST', status: 500, times: 2 })
  vllm.script({ http: { status: 400, body: { error: { message: words.question, code: 400 } } } })
  discord.people.say('quirinia', 'dm', `And again: ${words.question}`)
  await discord.watch.nextMessage('dm:quirinia', isAnswer, patience())
  const pages = await Promise.all(['/metrics', '/readyz'].map(async path => (await fetch(url + path)).text()))
  service.kill('SIGUSR2')
  const report = await reportIn(folder)
  service.kill('SIGWINCH')
  expect(await service.exit()).toBe(1)

  expect(service.said).toContain('Aeries ends: an error that nobody caught')
  expect(service.said).toContain('could not be asked')
  expect(pages[0]).toContain('aeries_turns_total{platform="discord",outcome="done"} 1')
  expect(report).toContain('"javascriptHeap"')
  expect(JSON.stringify(vllm.calls)).toContain(words.voice)
  const all = await Promise.all(
    (await readdir(folder)).filter(isReport).map(name => readFile(join(folder, name), 'utf8')),
  )
  const secrets = [discord.token, 'planted-key-of-vllm', botToken, slack.app.appToken]
  for (const text of [service.said, ...pages, ...all]) {
    for (const planted of [...secrets, ...Object.values(words)]) {
      expect(text.toLowerCase().includes(planted.toLowerCase()), planted).toBe(false)
    }
  }
})

async function askByName({ people, world }: DiscordServer): Promise<void> {
  const answers = () => people.messages('dm:quirinia', 'quirinia').filter(one => one.ephemeralFor !== undefined)
  await expect.poll(() => world.application.commands.length).toBe(3)
  for (const [at, [verb, said]] of asked.entries()) {
    people.command('quirinia', 'dm:quirinia', `/aeries ${verb}`, optionsOf(verb, said))
    await expect.poll(() => answers().length).toBeGreaterThan(at)
  }
}

function isReport(name: string): boolean {
  return name.startsWith('report.')
}

/** Node writes it in its own time. */
async function reportIn(folder: string): Promise<string> {
  for (const signal = patience(); ; await sleep(50, undefined, { signal })) {
    const name = (await readdir(folder)).find(isReport)
    const text = name === undefined ? '' : await readFile(join(folder, name), 'utf8')
    if (text.trimEnd().endsWith('}')) return text
  }
}

/** An error with all that one of discord.js carries, thrown from a timer. */
const crashes = `
process.on('SIGWINCH', () => setTimeout(() => {
  throw Object.assign(new Error('Invalid Form Body: ${words.question} ${words.name}'), {
    name: 'DiscordAPIError',
    url: 'https://discord.com/api/v10/webhooks/1234567890/aW50ZXJhY3Rpb24${words.question}',
    requestBody: { json: { content: '${words.answer}' } },
  })
}, 1))
`
