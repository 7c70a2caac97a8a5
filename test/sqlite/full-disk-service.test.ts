import { statSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { openWorld } from '#test/support/open-house.ts'
import { patience } from '#test/support/patience.ts'
import { Service } from '#test/support/start-service.ts'
import { canMakeDisks, SmallDisk } from './small-disk.ts'

const resting = 'Aeries is resting'

it.runIf(canMakeDisks)(
  'the service apologises while its disk is full, and answers when there is room again, without a restart',
  async () => {
    using disk = new SmallDisk(8)
    await using world = await openWorld()
    const path = join(disk.folder, 'aeries.db')
    await using service = new Service({
      DISCORD_TOKEN: world.discord.token,
      DISCORD_API_URL: world.discord.apiUrl,
      VLLM_URL: world.vllm.url,
      DATABASE_PATH: path,
    })
    const says = async (text: string, answer: string) => {
      world.discord.people.say('mira', 'dm', text)
      await world.discord.watch.until('dm:mira', ({ content }) => content.includes(answer), patience())
    }
    await service.says('Aeries is here')
    world.vllm.script({ tokens: ['The ', 'first.'] })
    await says('hello', 'The first.')
    disk.fill()
    // The log has room in the page that it ends in, at most.
    const size = statSync(`${path}-wal`).size
    await says('are you there?', resting)
    await service.says('the disk is full (SQLITE_FULL). Free some space; Aeries goes on by itself.')
    expect(statSync(`${path}-wal`).size - size).toBeLessThan(8_192)
    disk.free()
    world.vllm.script({ tokens: ['The ', 'second.'] })
    await says('and now?', 'The second.')
    service.kill('SIGTERM')
    expect(await service.exit()).toBe(0)
  },
)
