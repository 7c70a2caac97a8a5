import type { GoneEvent } from '#src/core/event.ts'
import { conversationId } from '#src/core/ids.ts'
import type { Log } from '#src/core/log.ts'
import type { PlatformAdapter } from '#src/core/platform.ts'
import type { Store } from '#src/core/store.ts'
import type { Lanes } from '#src/engine/lanes.ts'
import { leftWhileAway } from './left-while-away.ts'
import type { RetentionSweep } from './retention-sweep.ts'

export type LeavingParts = Readonly<{
  store: Pick<Store, 'retention' | 'revisions'>
  platforms: readonly Pick<PlatformAdapter, 'platform' | 'workspaces'>[]
  lanes: Pick<Lanes, 'leavePlace'>
  retention: Pick<RetentionSweep, 'wake'>
  log: Log
}>

/** What becomes of a place that is no more, or that Aeries is in no more. */
export interface Leaving {
  /** The platform tells it, perhaps more than once. */
  gone(event: GoneEvent): Promise<void>
  /** Of workspaces that took Aeries out while nobody listened only their absence tells. */
  lookFor(platform: string): Promise<void>
}

/** What was said in a place that is left goes, and what was learnt from it; answers under way there end first. */
export function createLeaving({ store, platforms, lanes, retention, log }: LeavingParts): Leaving {
  async function leave(place: Omit<GoneEvent, 'type' | 'key' | 'at'>): Promise<void> {
    const { platform, workspace, channel, thread } = place
    if (channel === undefined && workspace === undefined) return
    await lanes.leavePlace(
      channel === undefined ? `${platform}:${workspace}` : conversationId({ platform, workspace, channel, thread }),
    )
    await store.retention.leave(place)
    retention.wake()
  }

  return {
    async gone(event) {
      if (await store.revisions.once(event.key)) await leave(event)
    },
    async lookFor(platform) {
      const present = platforms.find(known => known.platform === platform)?.workspaces?.()
      if (present === undefined) return
      for (const workspace of await leftWhileAway(store, platform, present, log)) {
        await leave({ platform, workspace, channel: undefined, thread: undefined })
      }
    },
  }
}
