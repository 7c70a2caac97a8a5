import { expect, it } from 'vitest'
import type { MessageId } from '#src/core/ids.ts'
import type { ReplySurface } from '#src/core/surface.ts'
import { aHouse } from './a-house.ts'
import { aWorld, begun, notice } from './a-world.ts'

/** Looks, as platforms let it, only behind the question that it answers. */
function blind(surface: ReplySurface): ReplySurface {
  return new Proxy(surface, {
    get(target, name) {
      if (name === 'find') return async () => undefined
      const value: unknown = Reflect.get(target, name, target)
      return typeof value === 'function' ? value.bind(target) : value
    },
  })
}

it('a notice that nobody told of becomes the answer, also when its asker has said more since the kill', async () => {
  const world = aWorld()
  const { clock, store, surface } = world
  const { id, event } = await begun(world, '', false)
  const write = { key: `${id}:0`, part: 0, phase: 'first', text: notice, notice: true } as const
  await surface.write(write, new AbortController().signal)
  surface.forgetKeys()
  const more = { ...world.say({ text: 'and this' }), surface: blind(surface) }
  const at = (message: MessageId) => (message === event.message.id ? surface : blind(surface))
  const platform = {
    platform: 'test',
    surface: (_: unknown, message: MessageId) => at(message),
    async *missed() {
      yield more
    },
  }
  const { engine } = aHouse(() => [1_000, 'Both of them.'], { clock, store, platforms: [platform] })
  await engine.recall()
  engine.event(more)
  engine.resume('test')
  await clock.advance(10_000)
  expect(surface.shown).toEqual(['Both of them.'])
})
