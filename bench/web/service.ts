import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { withoutLimits } from '#bench/frame/without-limits.ts'
import { Service } from '#test/support/start-service.ts'

/** CPU time of a service so far, in ms, and how late its event loop was since it was last asked, in ms. */
export type ServiceSample = Readonly<{ cpuMs: number; lateP50: number; lateP99: number; lateMax: number }>

export type OpenDoor = Readonly<{ url: string; sample(): Promise<ServiceSample> }>

/** `npm start` as a process of its own, its database on disk, without the limits of one person: here one is a thousand. */
export async function openDoor(parts: AsyncDisposableStack, vllmUrl: string): Promise<OpenDoor> {
  const folder = await mkdtemp(join(tmpdir(), 'aeries-web-'))
  parts.defer(() => rm(folder, { recursive: true, force: true }))
  const limits = { ...withoutLimits, VLLM_MAX_CONCURRENT: '2000' }
  const times = { VLLM_TOTAL_MS: '600000', OBSERVER_QUIET_MS: '0' }
  const places = { DATABASE_PATH: join(folder, 'aeries.db'), WEB_PORT: '0', OPS_PORT: '0', VLLM_URL: vllmUrl }
  const service = parts.use(new Service({ ...limits, ...times, ...places, LOG_LEVEL: 'info' }))
  await service.says('Aeries is here')
  const urlIn = (words: string) => {
    const line = service.said.split('\n').find(line => line.includes(words))
    return (JSON.parse(line ?? '{}') as { url: string }).url
  }
  const ops = urlIn('health and metrics can be seen')
  return { url: urlIn('the web door is open'), sample: () => sample(ops) }
}

async function sample(ops: string): Promise<ServiceSample> {
  const page = await (await fetch(`${ops}/metrics`)).text()
  const ms = (name: string) => Number(new RegExp(`^${name} (\\S+)`, 'm').exec(page)?.[1]) * 1_000
  const late = (name: string) => Math.round(ms(`nodejs_eventloop_lag_${name}_seconds`) * 100) / 100
  return {
    cpuMs: ms('process_cpu_seconds_total'),
    lateP50: late('p50'),
    lateP99: late('p99'),
    lateMax: late('max'),
  }
}
