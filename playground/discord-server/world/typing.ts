import { demandSending } from './thread-rules.ts'
import type { World } from './world.ts'

/** Shows that somebody types. Whoever may not write may not show it either. */
export function startTyping(world: World, personId: string, channelId: string): void {
  demandSending(world, personId, world.channel(channelId))
  const at = world.now()
  world.typing.set(`${channelId}:${personId}`, at)
  world.emit({ type: 'typing', channelId, personId, at })
}

/** Whether people see "... is typing" now: the sign stands for ten seconds or until the next message. */
export function isTyping(world: World, personId: string, channelId: string): boolean {
  const since = world.typing.get(`${channelId}:${personId}`)
  return since !== undefined && world.now() - since < world.rules.typingMs
}
