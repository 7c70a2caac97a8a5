import { mentionsIn } from './plain-text.ts'
import { type Envelope, sharedSchema } from './wire.ts'
import type { Workspace } from './workspace.ts'
import type { Workspaces } from './workspaces.ts'

/**
 * The workspace that an event is for. Of a channel that several workspaces with Aeries share, Slack tells through any one of
 * them: then it is for the one whose Aeries is called, is in the thread, or wrote what somebody reacts to.
 */
export function addresseeOf(envelope: Envelope, workspaces: Workspaces): Workspace | undefined {
  const { authorizations, context_team_id: context, team_id: origin, event } = envelope
  const told = workspaces.known(authorizations?.[0]?.team_id ?? context ?? origin)
  if (envelope.is_ext_shared_channel !== true || told === undefined) return told
  const shared = sharedSchema.safeParse(event)
  if (!shared.success) return told
  const { data } = shared
  const candidates = [told, ...[...workspaces.all()].filter(one => one !== told)]
  return candidates.find(one => isMeant(one, data)) ?? told
}

function isMeant({ self, threads }: Workspace, event: ReturnType<typeof sharedSchema.parse>): boolean {
  if (event.item_user === self) return true
  const { channel } = event
  const { text, thread_ts: thread } = event.message ?? event
  if (mentionsIn(text ?? '').people.includes(self)) return true
  return channel != null && thread != null && threads.isIn(channel, thread)
}
