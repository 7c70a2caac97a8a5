import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { describe, expect, it } from 'vitest'
import type { House } from '#test/support/build-house.ts'
import { discordPlatform } from './discord-platform.ts'
import { openScene } from './open-scene.ts'
import { slackPlatform } from './slack-platform.ts'

/** What holds words of people, or what they taught. */
const tables = ['message', 'turn', 'reply_part', 'evidence', 'trait', 'signal', 'posting', 'observer_job']

const ways = [
  {
    name: 'a channel of Discord that is deleted',
    open: async () => {
      const scene = await openScene(discordPlatform)
      return { scene, leave: async () => scene.world.server.places.deleteChannel('#general') }
    },
  },
  {
    name: 'a server of Discord that takes Aeries out',
    open: async () => {
      const scene = await openScene(discordPlatform)
      const { server } = scene.world
      return { scene, leave: async () => server.scene.leaveGuild(server.botId) }
    },
  },
  {
    name: 'a channel of Slack that is deleted',
    open: async () => {
      const scene = await openScene(slackPlatform)
      const { server } = scene.world
      const leave = async () => {
        server.scene.deleteChannel('#general')
        await server.deliveries.idle()
      }
      return { scene, leave }
    },
  },
  {
    name: 'a workspace of Slack that uninstalls the app',
    open: async () => {
      const scene = await openScene(slackPlatform)
      const { server } = scene.world
      const [team] = server.scene.snapshot().teams
      const leave = async () => {
        server.scene.uninstall(team?.id ?? '')
        await server.deliveries.idle()
      }
      return { scene, leave }
    },
  },
] as const

describe.each(ways)('$name', ({ open }) => {
  it('leaves no row of what was said there, and nothing that was learnt from it', async () => {
    const { scene, leave } = await open()
    await using _ = scene
    const folder = await mkdtemp(join(tmpdir(), 'aeries-'))
    const databasePath = join(folder, 'aeries.db')
    try {
      const house = await scene.house({ databasePath, learning: {} })
      await scene.world.say('mira', 'channel', '@Aeries I prefer short answers. I live in Bergen.')
      await house.closed(1)
      await expect.poll(() => rows(databasePath, ['evidence', 'signal'])).toBeGreaterThan(0)
      await leave()
      await expect.poll(() => rows(databasePath, tables)).toBe(0)
      expect(troubles(house)).toEqual([])
    } finally {
      await scene[Symbol.asyncDispose]()
      await rm(folder, { recursive: true })
    }
  })
})

function rows(path: string, names: readonly string[]): number {
  const db = new Database(path, { readonly: true })
  try {
    const counts = names.map(name => db.prepare<[], number>(`SELECT count(*) FROM ${name}`).pluck().get() ?? 0)
    return counts.reduce((sum, count) => sum + count, 0)
  } finally {
    db.close()
  }
}

function troubles({ log }: House): readonly string[] {
  const events = log.lines.filter(({ level }) => level === 'error').map(({ event }) => event)
  // The one workspace of a plain token is all of Slack.
  return events.filter(event => event !== 'slack is lost')
}
