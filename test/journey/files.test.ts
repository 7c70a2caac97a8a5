import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { describe, expect, it } from 'vitest'
import { discordPlatform } from './discord-platform.ts'
import { openScene, type Scene } from './open-scene.ts'
import { slackPlatform } from './slack-platform.ts'

type File = Readonly<{ name: string; contentType: string; text?: string; base64?: string }>

const notes: File = { name: 'notes.txt', contentType: 'text/plain', text: 'The ferry leaves at six.' }
const cat: File = { name: 'cat.png', contentType: 'image/png', base64: 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAAB' }

const ways = [
  {
    name: 'Discord',
    open: async () => {
      const scene = await openScene(discordPlatform)
      const { people } = scene.world.server
      return {
        scene,
        say: (files: readonly File[]) => void people.say('mira', 'dm:mira', 'what is it?', { attachments: files }),
      }
    },
  },
  {
    name: 'Slack',
    open: async () => {
      const scene = await openScene(slackPlatform)
      const { people, deliveries } = scene.world.server
      const say = async (files: readonly File[]) => {
        people.say('mira', 'dm:mira', 'what is it?', { files })
        await deliveries.idle()
      }
      return { scene, say }
    },
  },
]

describe.each(ways)('a file that somebody attaches in $name', ({ open }) => {
  it('is read, used for that answer, and kept nowhere', async () => {
    const { scene, say } = await open()
    await using _ = scene
    const house = await scene.house()
    await say([notes])
    await house.closed(1)
    expect(lastPrompt(scene)).toContain('Quoted from the file notes.txt:\\n> The ferry leaves at six.')
    await scene.world.say('mira', 'dm', 'and now?')
    await house.closed(2)
    expect(lastPrompt(scene)).not.toContain('The ferry leaves')
  })

  it('is an image that a text model does not look at: the answer comes and says so', async () => {
    const { scene, say } = await open()
    await using _ = scene
    const house = await scene.house()
    await say([cat])
    const [closed] = await house.closed(1)
    expect(closed?.reply.outcome).toBe('done')
    expect(lastPrompt(scene)).toContain(
      'Not read: the image cat.png (the model that answers here cannot look at images)',
    )
    expect(scene.world.said('dm').at(-1)?.text).toContain('I cannot look at images here; I answered without.')
  })
})

it('an address that somebody writes is named and never fetched', async () => {
  await using scene = await openScene(discordPlatform)
  await using foreign = await aServer()
  const house = await scene.house()
  await scene.world.say('mira', 'dm', `read ${foreign.address}/a.txt`)
  await house.closed(1)
  expect(foreign.asked()).toBe(0)
  expect(lastPrompt(scene)).toContain('Not read: the link http://127.0.0.1')
})

async function aServer() {
  let asked = 0
  const server = createServer((_, response) => {
    asked += 1
    response.end('secret')
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  return {
    address: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    asked: () => asked,
    [Symbol.asyncDispose]: () => new Promise<void>(resolve => server.close(() => resolve())),
  }
}

function lastPrompt({ vllm }: Scene): string {
  return JSON.stringify(vllm.calls.at(-1)?.body)
}
