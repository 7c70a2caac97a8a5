import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createVllmServer, type VllmServer } from '#playground/vllm-server/vllm-server.ts'
import { OwnTime } from '#test/support/own-time.ts'
import { StandInProcess } from '#test/support/stand-in-process.ts'
import { Service } from '#test/support/start-service.ts'

const notice = 'Aeries is resting.'
/** Running answers get so long to finish. */
const graceMs = 2_500
/** What a stop takes at most. */
const promisedMs = 5_000
/** More often than that nobody presses Ctrl-C. */
const insistEveryMs = 100

type Stage = AsyncDisposable & Readonly<{ discord: StandInProcess; slack: StandInProcess; vllm: VllmServer }>

let folder = ''
let stage: Stage

async function openStage(): Promise<Stage> {
  await using parts = new AsyncDisposableStack()
  const [discord, slack] = await Promise.all([StandInProcess.start('discord'), StandInProcess.start('slack')])
  parts.use(discord)
  parts.use(slack)
  const vllm = parts.use(await createVllmServer())
  const built = parts.move()
  return { discord, slack, vllm, [Symbol.asyncDispose]: () => built.disposeAsync() }
}

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'aeries-'))
  stage = await openStage()
})
afterEach(async () => {
  await stage[Symbol.asyncDispose]()
  await rm(folder, { recursive: true })
})

async function start(): Promise<Service> {
  const { discord, slack, vllm } = stage
  const service = new Service({
    DISCORD_TOKEN: discord.at.token,
    DISCORD_API_URL: discord.at.apiUrl,
    SLACK_BOT_TOKEN: slack.at.botToken,
    SLACK_APP_TOKEN: slack.at.appToken,
    SLACK_API_URL: slack.at.apiUrl,
    VLLM_URL: vllm.url,
    DATABASE_PATH: join(folder, 'aeries.db'),
  })
  await service.says('Aeries is here')
  return service
}

/** How long it took from the signal to its end, and how it ended. */
async function stop(service: Service): Promise<Readonly<{ code: unknown; ms: number }>> {
  using time = new OwnTime()
  service.kill('SIGTERM')
  const code = await service.exit()
  return { code, ms: time.ms }
}

/** Somebody on each platform reads the begin of an answer, and somebody waits for its first word, when both and the model fall silent. */
async function fallSilent(): Promise<void> {
  const { discord, slack, vllm } = stage
  const stalls = { tokens: ['Begun. ', 'Never said.'], fault: { kind: 'stall', at: 1 } } as const
  const says = (question: string, script: object) => vllm.script({ match: { question }, ...script })
  says('discord begins', stalls)
  says('slack begins', stalls)
  says('a word', { fault: { kind: 'stall', at: 'headers' } })
  await Promise.all([discord.say('mira', 'discord begins'), slack.say('mira', 'slack begins')])
  await Promise.all([discord.shows('mira', 'Begun.'), slack.shows('mira', 'Begun.')])
  await discord.say('jonas', 'a word')
  await vllm.until(() => vllm.calls.length === 3)
  discord.freeze()
  slack.freeze()
}

describe('a graceful stop', () => {
  it('needs nothing of its grace while turns wait for a model that is away, and they become answers later', async () => {
    const { discord, slack, vllm } = stage
    const people = ['mira', 'jonas', 'wren']
    await vllm.setState({ door: 'refusing' })
    await using service = await start()
    const both = people.flatMap(person => [discord, slack].map(platform => ({ platform, person })))
    await Promise.all(both.map(({ platform, person }) => platform.say(person, 'hello')))
    await Promise.all(both.map(({ platform, person }) => platform.shows(person, notice)))
    const { code, ms } = await stop(service)
    expect(code).toBe(0)
    expect(ms).toBeLessThan(graceMs)
    await vllm.setState({ door: 'open' })
    vllm.script({ text: 'Here I am again.', times: 'always' })
    await using next = await start()
    await Promise.all(both.map(({ platform, person }) => platform.shows(person, 'Here I am again.')))
    expect((await stop(next)).code).toBe(0)
  })

  it('keeps its five seconds before platforms and a model that are silent, and loses nothing', async () => {
    await using service = await start()
    await fallSilent()
    const { code, ms } = await stop(service)
    expect(service.said).toContain('stopping')
    expect(code).toBe(0)
    expect(ms).toBeLessThan(promisedMs)
    const { discord, slack, vllm } = stage
    discord.thaw()
    slack.thaw()
    await vllm.reset()
    vllm.script({ text: 'And here is the rest.', times: 'always' })
    await using next = await start()
    const rest = 'And here is the rest.'
    await Promise.all([discord.shows('mira', rest), slack.shows('mira', rest), discord.shows('jonas', rest)])
    expect((await stop(next)).code).toBe(0)
  })

  it('ends at once for somebody who insists', async () => {
    await using service = await start()
    await fallSilent()
    using time = new OwnTime()
    const insisting = setInterval(() => service.kill('SIGTERM'), insistEveryMs)
    const code = await service.exit().finally(() => clearInterval(insisting))
    expect(code).toBe(1)
    expect(time.ms).toBeLessThan(graceMs)
  })
})
