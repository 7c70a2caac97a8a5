import { type MessageId, nativeMessageId } from '#src/core/ids.ts'
import { permalinkSchema } from './wire.ts'
import type { Workspaces } from './workspaces.ts'

/** Where people read a message, as Slack tells it. */
export async function linkTo(
  message: MessageId,
  workspaces: Workspaces | undefined,
  signal: AbortSignal,
): Promise<string | undefined> {
  const [, team = '', rest = ''] = message.split(':')
  const args = { channel: rest.split('/')[0], message_ts: nativeMessageId(message) }
  const answer = await workspaces?.known(team)?.api.call('chat.getPermalink', args, signal)
  return permalinkSchema.safeParse(answer).data?.permalink
}
