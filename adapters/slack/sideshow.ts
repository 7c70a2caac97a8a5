import type { Clock } from '#src/core/clock.ts'
import type { GoneEvent } from '#src/core/event.ts'
import { messageId } from '#src/core/ids.ts'
import { ChannelCalls } from './channel-calls.ts'
import { endStream } from './end-stream.ts'
import type { Errands } from './errands.ts'
import { gone } from './happenings.ts'
import type { Heard } from './heard.ts'
import { platform } from './platform-name.ts'
import { suggestedPrompts } from './suggested-prompts.ts'
import { timeOf } from './timestamp.ts'
import { channelSchema, type Envelope, homeSchema, revokedSchema, stoppedSchema } from './wire.ts'
import type { Workspace } from './workspace.ts'
import type { Workspaces } from './workspaces.ts'

export type SideshowParts = Readonly<{
  workspaces: () => Workspaces | undefined
  clock: Clock
  errands: Errands
  /** A workspace took Aeries out. */
  onRemoved: (team: string, word: string) => void
}>

const leaving: ReadonlySet<string> = new Set(['channel_deleted', 'channel_left', 'group_deleted', 'group_left'])

/** What happens around the talks: the app is opened, an answer stopped, a channel left, the app removed. */
export class Sideshow {
  readonly #parts: SideshowParts

  constructor(parts: SideshowParts) {
    this.#parts = parts
  }

  /** A person opened the app's Messages tab: from now on their DM is the agent view. */
  opened(event: Envelope['event'], workspace: Workspace): void {
    const { channel, tab } = homeSchema.parse(event)
    if (tab !== 'messages') return
    workspace.dmStyles.sawAgentView(channel)
    const args = { channel_id: channel, prompts: suggestedPrompts }
    void this.#parts.errands.run('prompts', signal =>
      workspace.api.call('assistant.threads.setSuggestedPrompts', args, signal),
    )
  }

  /** Aeries is out of a channel, or the channel is no more. */
  left({ event, event_id: id, event_time }: Envelope, workspace: Workspace): Heard | undefined {
    if (!leaving.has(event.type)) return undefined
    const { channel } = channelSchema.parse(event)
    const tell = () => gone(workspace.team, channel, id, timeIn(event, event_time))
    return { channel, learning: undefined, tell }
  }

  /** The last words of a workspace; two of them are told when the app is uninstalled. */
  removed({ event, event_id: id, event_time }: Envelope, workspace: Workspace, tell: (told: GoneEvent) => void): void {
    // A person's own token is none that we hold.
    if (event.type === 'tokens_revoked' && (revokedSchema.parse(event).tokens.bot ?? []).length === 0) return
    const at = timeIn(event, event_time)
    const { errands, workspaces, onRemoved } = this.#parts
    void errands.run('forget a workspace', async () => {
      if ((await workspaces()?.forget(workspace.team, at)) !== true) return
      onRemoved(workspace.team, event.type)
      tell(gone(workspace.team, undefined, id, at))
    })
  }

  /** Ends the streams that the person stopped; whatever is written there writes no more. */
  stop(event: Envelope['event'], workspace: Workspace): void {
    const { channel, thread_ts: thread, streaming_message_ts: told } = stoppedSchema.parse(event)
    const { clock, errands } = this.#parts
    workspace.agent.stop({ channel, thread })
    const calls = new ChannelCalls(workspace, channel)
    for (const ts of told ?? []) {
      const message = messageId(platform, workspace.team, channel, ts)
      void errands.run('end a stopped stream', signal => endStream({ workspace, calls, clock }, message, [], signal))
    }
  }
}

/** When it happened, as exactly as the event says. */
function timeIn({ event_ts: ts }: Envelope['event'], seconds: number | null | undefined): Date {
  return ts == null ? new Date((seconds ?? 0) * 1_000) : timeOf(ts)
}
