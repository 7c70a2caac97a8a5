import type { Said } from './addressing.ts'
import { type Delivery, deletedMessage } from './happenings.ts'
import type { Heard } from './heard.ts'
import { editedMessage, incomingMessage } from './incoming.ts'
import { learnAbout } from './learning.ts'
import type { OwnWatch } from './own-watch.ts'
import type { Twins } from './twins.ts'
import { changedSchema, deletedSchema, type Envelope, postedSchema } from './wire.ts'
import type { Workspace } from './workspace.ts'

type Context = Readonly<{ workspace: Workspace; twins: Twins; own: OwnWatch; delivery: Delivery; signal: AbortSignal }>

/** Something was said, changed or taken away. */
export function hearMessage(event: Envelope['event'], context: Context): Heard | undefined {
  switch (event.subtype) {
    case 'message_deleted': {
      const { channel, channel_type, deleted_ts: ts, ts: at } = deletedSchema.parse(event)
      return deleted({ channel, channel_type }, ts, at, context)
    }
    case 'message_changed':
      return changed(event, context)
    default:
      return posted(event, context)
  }
}

function posted(event: Envelope['event'], { workspace, twins, own, delivery, signal }: Context): Heard | undefined {
  const said = { ...postedSchema.parse(event), external: delivery.external }
  const { channel, user, bot_id: bot, app_context: context } = said
  if (user === workspace.self) own.heard(said, workspace)
  if (user === workspace.self || bot != null) return undefined
  if (context !== undefined) workspace.dmStyles.sawAgentView(channel)
  const tell = () => {
    const told = incomingMessage(said, workspace)
    const twin = event.type === 'app_mention' ? 'app_mention' : 'message'
    if (told === undefined || !twins.isNews(told.key, twin)) return undefined
    const { thread } = told.place
    if (told.message.addressed && thread !== undefined) workspace.threads.join(channel, thread, said.ts)
    return told
  }
  return { channel, learning: learnAbout(said, workspace, signal), tell }
}

function changed(event: Envelope['event'], context: Context): Heard | undefined {
  const { channel, channel_type, message, previous_message: previous } = changedSchema.parse(event)
  const { workspace, delivery, signal } = context
  if (message.subtype === 'tombstone') {
    return deleted({ channel, channel_type }, message.ts, event.event_ts ?? message.ts, context)
  }
  // Every edit of our own is told, too: nothing is asked for on its account.
  if (message.user === workspace.self || message.bot_id != null) return undefined
  const said = { ...message, channel, channel_type, external: delivery.external }
  const tell = () => editedMessage(said, previous ?? undefined, workspace)
  return { channel, learning: learnAbout(said, workspace, signal), tell }
}

function deleted(
  where: Pick<Said, 'channel' | 'channel_type'>,
  ts: string,
  at: string,
  { workspace, delivery: { external } }: Context,
): Heard {
  const tell = () => deletedMessage({ ...where, external }, ts, at, workspace)
  return { channel: where.channel, learning: undefined, tell }
}
