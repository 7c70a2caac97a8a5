import type { z } from 'zod'
import type { ControlEvent, DeletedEvent, GoneEvent, PrivateAnswer, ReactionEvent } from '#src/core/event.ts'
import { eventKey, messageId } from '#src/core/ids.ts'
import { tapped } from './buttons.ts'
import { personOf } from './person-of.ts'
import { placeOf, type Whereabouts } from './place-of.ts'
import { platform } from './platform-name.ts'
import type { Scene } from './scene.ts'
import { timeOf } from './timestamp.ts'
import type { Click, reactionSchema, stoppedSchema } from './wire.ts'

/** An event's id is the same for every time that Slack tells of it; `external`: people of another workspace see it. */
export type Delivery = Readonly<{ id: string; external: boolean }>

/** A message was deleted; one with answers below it leaves a tombstone, which is told as a change. */
export function deletedMessage(at: Whereabouts, ts: string, toldAt: string, scene: Scene): DeletedEvent {
  return {
    type: 'deleted',
    // A message is deleted once in its life.
    key: eventKey(platform, 'deleted', `${at.channel}:${ts}`),
    place: placeOf(at, undefined, scene),
    at: timeOf(toldAt),
    messages: [messageId(platform, scene.team, at.channel, ts)],
  }
}

/** A person's reaction to something that Aeries said. Slack does not say in which thread that stands. */
export function reaction(
  { user, reaction: emoji, item, item_user: author, event_ts: at }: z.infer<typeof reactionSchema>,
  change: ReactionEvent['change'],
  { id, external }: Delivery,
  scene: Scene,
): ReactionEvent | undefined {
  if (author !== scene.self || user === scene.self || scene.person(user)?.bot === true) return undefined
  return {
    type: 'reaction',
    key: eventKey(platform, 'reaction', id),
    place: placeOf({ channel: item.channel, external }, undefined, scene),
    // Given and taken back in one millisecond it came in an order all the same, of which several lines may tell another.
    at: scene.momentOf(item.channel, at),
    person: personOf(user, scene),
    message: messageId(platform, scene.team, item.channel, item.ts),
    emoji,
    change,
  }
}

/** The stop button of the agent view. */
export function stopped(
  { user, channel, thread_ts: thread, streaming_message_ts: streams, event_ts: at }: z.infer<typeof stoppedSchema>,
  { id, external }: Delivery,
  respond: PrivateAnswer,
  scene: Scene,
): ControlEvent {
  const [stream] = streams ?? []
  return {
    type: 'control',
    key: eventKey(platform, 'stop', id),
    place: placeOf({ channel, external }, thread, scene),
    at: timeOf(at),
    person: personOf(user, scene),
    control: {
      type: 'stop',
      message: stream === undefined ? undefined : messageId(platform, scene.team, channel, stream),
    },
    respond,
  }
}

/** A button under one of our messages. */
export function clicked(
  { user, channel, container, actions }: Click,
  respond: PrivateAnswer,
  scene: Scene,
): ControlEvent | undefined {
  const [action] = actions
  if (action === undefined) return undefined
  const where = `${channel.id}:${container.message_ts}`
  return {
    type: 'control',
    key: eventKey(platform, 'button', `${where}:${user.id}:${action.action_ts}`),
    place: placeOf({ channel: channel.id, external: false }, container.thread_ts ?? undefined, scene),
    at: timeOf(action.action_ts),
    person: personOf(user.id, scene),
    control: {
      type: 'button',
      action: tapped(action),
      message: messageId(platform, scene.team, channel.id, container.message_ts),
    },
    respond,
  }
}

/** Removed from a channel; without one, from the whole workspace. */
export function gone(workspace: string, channel: string | undefined, id: string, at: Date): GoneEvent {
  return { type: 'gone', key: eventKey(platform, 'gone', id), platform, workspace, channel, thread: undefined, at }
}
