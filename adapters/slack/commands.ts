import type { MessageCommand } from '#src/core/command.ts'
import type { Control, ControlEvent, PrivateAnswer } from '#src/core/event.ts'
import { eventKey, messageId } from '#src/core/ids.ts'
import { tapped } from './buttons.ts'
import { personOf } from './person-of.ts'
import { placeOf } from './place-of.ts'
import { unescapedCommand } from './plain-text.ts'
import { platform } from './platform-name.ts'
import type { Scene } from './scene.ts'
import { timeOf } from './timestamp.ts'
import type { HomeClick, Shortcut, SlashCommand } from './wire.ts'

type By = Readonly<{ user: string; channel: string; thread?: string | undefined; key: string; at: Date }>

/** What somebody asks for by a control, as the house hears of it. */
export function controlled(by: By, control: Control, respond: PrivateAnswer, scene: Scene): ControlEvent {
  const { user, channel, thread, key, at } = by
  return {
    type: 'control',
    key: eventKey(platform, 'command', key),
    place: placeOf({ channel, external: false }, thread, scene),
    at,
    person: personOf(user, scene),
    control,
    respond,
  }
}

/** `/aeries VERB ...`. Slack takes none in threads. */
export function slashCommand(given: SlashCommand, at: Date, respond: PrivateAnswer, scene: Scene): ControlEvent {
  const [verb = '', ...words] = unescapedCommand(given.text).trim().split(/\s+/)
  const by = { user: given.user_id, channel: given.channel_id, key: given.trigger_id, at }
  return controlled(by, { type: 'command', verb, words: words.join(' ') }, respond, scene)
}

/** A command from the menu of a message. */
export function ofMessage(
  shortcut: Shortcut,
  verb: MessageCommand,
  respond: PrivateAnswer,
  scene: Scene,
): ControlEvent {
  const { user, channel, message, action_ts: at } = shortcut
  const by = { user: user.id, channel: channel.id, thread: message.thread_ts ?? undefined, key: at, at: timeOf(at) }
  const of = messageId(platform, scene.team, channel.id, message.ts)
  return controlled(by, { type: 'command', verb, words: '', message: of }, respond, scene)
}

/** A button on the home tab; `channel`: the DM of whoever sees it. */
export function onHome(
  click: HomeClick,
  channel: string,
  respond: PrivateAnswer,
  scene: Scene,
): ControlEvent | undefined {
  const [action] = click.actions
  if (action === undefined) return undefined
  const { user, view } = click
  const by = { user: user.id, channel, key: `${view.id}:${action.action_ts}`, at: timeOf(action.action_ts) }
  const control = { type: 'button', action: tapped(action), message: messageId(platform, scene.team, channel, view.id) }
  return controlled(by, { ...control, type: 'button' }, respond, scene)
}
