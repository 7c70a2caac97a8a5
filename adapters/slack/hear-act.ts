import { clicked, type Delivery, reaction, stopped } from './happenings.ts'
import type { Heard } from './heard.ts'
import { learnWho } from './learning.ts'
import { answerPrivately } from './private-answer.ts'
import { type Click, type Envelope, reactionSchema, stoppedSchema } from './wire.ts'
import type { Workspace } from './workspace.ts'

type Event = Envelope['event']
type Context = Readonly<{ workspace: Workspace; delivery: Delivery; signal: AbortSignal }>

/** Somebody reacted to a message. To one of ours, or it is nobody's business. */
export function hearReaction(event: Event, { workspace, delivery, signal }: Context): Heard | undefined {
  const given = reactionSchema.safeParse(event)
  if (!given.success || given.data.item_user !== workspace.self) return undefined
  const { data } = given
  const { channel } = data.item
  const change = event.type === 'reaction_added' ? 'added' : 'removed'
  const tell = () => reaction(data, change, delivery, workspace)
  return { channel, learning: learnWho(data.user, channel, workspace, signal), tell }
}

/** Somebody pressed the stop button. */
export function hearStop(event: Event, { workspace, delivery, signal }: Context): Heard {
  const stop = stoppedSchema.parse(event)
  const { channel, thread_ts: thread, user } = stop
  const respond = answerPrivately(workspace, { channel, thread, user })
  const tell = () => stopped(stop, delivery, respond, workspace)
  return { channel, learning: learnWho(user, channel, workspace, signal), tell }
}

/** Somebody pressed a button under one of our messages. */
export function hearClick(click: Click, { workspace, signal }: Omit<Context, 'delivery'>): Heard {
  const { user, container } = click
  const channel = click.channel.id
  const respond = answerPrivately(workspace, { channel, thread: container.thread_ts ?? undefined, user: user.id })
  const tell = () => clicked(click, respond, workspace)
  return { channel, learning: learnWho(user.id, channel, workspace, signal), tell }
}
