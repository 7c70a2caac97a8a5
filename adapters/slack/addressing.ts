import { isDm } from './place-of.ts'
import { mentionsIn } from './plain-text.ts'
import type { Scene } from './scene.ts'
import type { SlackMessage } from './wire.ts'

export type Said = SlackMessage & Readonly<{ channel: string; channel_type?: string | null | undefined }>

/**
 * Whether somebody speaks to Aeries: in a DM always, elsewhere by a mention, and in a thread that it is in unless the words
 * go to somebody else. `@channel` and groups call everybody, so nobody in particular.
 */
export function isAddressed(message: Said, scene: Scene): boolean {
  if (isDm(message) || mentionsSelf(message, scene)) return true
  const { thread_ts: thread } = message
  if (thread == null || addressesOthers(message)) return false
  return message.parent_user_id === scene.self || scene.isIn(message.channel, thread, message.ts)
}

/** Whether it takes a look into the thread to know who is addressed. */
export function dependsOnThread(message: Said, scene: Scene): boolean {
  if (message.thread_ts == null || isDm(message)) return false
  return message.parent_user_id !== scene.self && !mentionsSelf(message, scene) && !addressesOthers(message)
}

function mentionsSelf({ text }: SlackMessage, { self }: Scene): boolean {
  return mentionsIn(text ?? '').people.includes(self)
}

function addressesOthers({ text, user }: SlackMessage): boolean {
  const { people, all, groups } = mentionsIn(text ?? '')
  return all || groups || people.some(one => one !== user)
}
