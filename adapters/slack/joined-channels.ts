import type { Clock } from '#src/core/clock.ts'
import { faultOf } from './faults.ts'
import { joinedSchema } from './wire.ts'
import type { Workspace } from './workspace.ts'

/** Each kind with its own scope, so that one that is missing hides no other. */
export type Kinds = 'im' | 'mpim' | 'public_channel,private_channel'

/** `changedAt`: when it was made, or its settings were changed last, in milliseconds: Slack lists no newest message. */
export type Joined = Readonly<{ id: string; changedAt: number }>

const pageSize = 200
const mostPages = 5

/** Where Aeries is in, of some kinds, the ones that changed last first. What cannot be listed is none, and the operator reads so. */
export async function joinedChannels(
  { workspace, clock }: Readonly<{ workspace: Workspace; clock: Clock }>,
  kinds: Kinds,
  signal: AbortSignal,
): Promise<readonly Joined[]> {
  const { api, limits, log } = workspace
  const found: Joined[] = []
  let cursor = ''
  for (let page = 0; page < mostPages; page += 1) {
    for (let wait = limits.take('users.conversations', ''); wait > 0; ) {
      await clock.sleep(wait, signal)
      wait = limits.take('users.conversations', '')
    }
    const args = { types: kinds, limit: pageSize, exclude_archived: true, ...(cursor !== '' && { cursor }) }
    try {
      const told = joinedSchema.parse(await api.call('users.conversations', args, signal))
      for (const { id, created, updated } of told.channels) {
        found.push({ id, changedAt: Math.max((created ?? 0) * 1_000, updated ?? 0) })
      }
      cursor = told.response_metadata?.next_cursor ?? ''
      if (cursor === '') break
    } catch (error) {
      signal.throwIfAborted()
      const fault = faultOf(error)
      if (fault.retryAfterMs !== undefined) limits.refused('users.conversations', '', fault.retryAfterMs)
      log.warn({ team: workspace.team, kinds, fault }, 'slack did not list where Aeries is')
      break
    }
  }
  return found.toSorted((one, other) => other.changedAt - one.changedAt)
}
