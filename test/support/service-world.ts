import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll } from 'vitest'
import { openWorld, type World } from './open-house.ts'

type Settings = Readonly<Record<string, string>>

export type ServiceWorld = Pick<World, 'discord' | 'vllm'> &
  Readonly<{
    folder: string
    /** Those with which the service answers there, and these. */
    settings(more?: Settings): Settings
  }>

/** Discord, vLLM and a folder for the service, the same for all tests of a file. */
export function useServiceWorld(): ServiceWorld {
  let folder = ''
  let world: World | undefined
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'aeries-'))
    world = await openWorld()
  })
  afterAll(async () => {
    await world?.[Symbol.asyncDispose]()
    await rm(folder, { recursive: true })
  })
  const opened = () => {
    if (world === undefined) throw new Error('the world opens with the first test')
    return world
  }
  return {
    get folder() {
      return folder
    },
    get discord() {
      return opened().discord
    },
    get vllm() {
      return opened().vllm
    },
    settings(more = {}) {
      const { token, apiUrl } = opened().discord
      const where = { DISCORD_TOKEN: token, DISCORD_API_URL: apiUrl, VLLM_URL: opened().vllm.url }
      return { ...where, DATABASE_PATH: join(folder, 'aeries.db'), ...more }
    },
  }
}
