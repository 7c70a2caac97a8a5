import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { describe, expect, it } from 'vitest'
import { patience } from '#test/support/patience.ts'
import { useServiceWorld } from '#test/support/service-world.ts'
import { Service } from '#test/support/start-service.ts'

const world = useServiceWorld()

function start(more: Readonly<Record<string, string>> = {}): Service {
  return new Service(world.settings({ OPS_PORT: '0', ...more }))
}

async function urlOf(service: Service): Promise<string> {
  await service.says('Aeries is here')
  return /"url":"([^"]+)","msg":"health and metrics/.exec(service.said)?.[1] ?? ''
}

type Readiness = Readonly<{
  ready: boolean
  checks: readonly Readonly<{ name: string; state: string; cause?: string }>[]
}>

/** Asks until it is as wanted: a finding holds for two seconds. */
async function readyz(url: string, wanted: (told: Readiness) => boolean): Promise<Readiness> {
  for (const signal = patience(); ; ) {
    const response = await fetch(`${url}/readyz`, { signal })
    const told = (await response.json()) as Readiness
    expect(response.status).toBe(told.ready ? 200 : 503)
    if (wanted(told)) return told
  }
}

describe('the ops door of the service', () => {
  it('says what is missing while it is missing, and counts what was answered', async () => {
    await using service = start()
    const url = await urlOf(service)
    await readyz(url, ({ ready }) => ready)
    world.discord.people.say('mira', 'dm', 'hello')
    const isAnswer = ({ authorId }: { authorId: string }) => authorId === world.discord.botId
    await world.discord.watch.nextMessage('dm:mira', isAnswer, patience())
    let page = ''
    while (!page.includes('aeries_turns_total{platform="discord",outcome="done"} 1')) {
      page = await (await fetch(`${url}/metrics`, { signal: patience() })).text()
    }
    expect(page).toMatch(/^aeries_first_text_seconds_count\{platform="discord"\} 1$/m)
    expect(page).toMatch(/^aeries_check_ok\{check="database"\} 1$/m)
    expect(page).not.toMatch(/mira|hello/i)

    await world.vllm.setState({ door: 'refusing' })
    const away = await readyz(url, ({ ready }) => !ready)
    expect(away.checks.find(({ name }) => name === 'vllm')?.cause).toMatch(/cannot be reached/)
    await world.vllm.setState({ door: 'open' })
    await readyz(url, ({ ready }) => ready)

    const other = new Database(join(world.folder, 'aeries.db'))
    other.exec('BEGIN IMMEDIATE')
    await readyz(url, ({ checks }) => checks.every(({ name, state }) => (state !== 'ok') === (name === 'database')))
    other.close()
    await readyz(url, ({ ready }) => ready)
  })

  it('goes on without the door when its port is taken, and says so', async () => {
    const holder = createServer().listen(0, '127.0.0.1')
    await new Promise(resolve => holder.once('listening', resolve))
    const { port } = holder.address() as AddressInfo
    await using service = start({ OPS_PORT: `${port}`, DATABASE_PATH: join(world.folder, 'other.db') })
    await service.says('Aeries is here')
    holder.close()
    expect(service.said).toMatch(/"level":"warn".*"cure":"set OPS_PORT to a free port, or to off"/)
  })
})
