import { PlacedFaults } from '#playground/stand-in/placed-faults.ts'

/** Which calls a fault meets. Left out means any. */
type Aim = Readonly<{
  /** A method (`chat.update`), or the beginning of some (`chat.*`). */
  method?: string | undefined
  teamId?: string | undefined
  channelId?: string | undefined
  /** How often it strikes; without a number until it is removed. */
  times?: number | undefined
  /** Chance of striking a call that it meets, 0 to 1, drawn from the server's seed. */
  chance?: number | undefined
}>

/**
 * One kind of bad weather. `accepted` says on which side of the deed it strikes: true and the call is carried out
 * before its answer is lost, so that the client cannot know.
 */
export type Fault = Aim &
  (
    | Readonly<{ kind: 'rate-limit'; retryAfterS: number }>
    | Readonly<{ kind: 'error'; status: number; accepted?: boolean | undefined }>
    /** A refusal in Slack's word, with status 200. */
    | Readonly<{ kind: 'refuse'; error: string; accepted?: boolean | undefined }>
    | Readonly<{ kind: 'reset'; accepted?: boolean | undefined }>
    | Readonly<{ kind: 'hang'; ms?: number | undefined; accepted?: boolean | undefined }>
    | Readonly<{ kind: 'slow'; ms: number; accepted?: boolean | undefined }>
  )

type Target = Readonly<{ method: string; teamId: string | undefined; channelId: string | undefined }>

/** The faults that are switched on. */
export class Faults extends PlacedFaults<Fault, Target> {
  constructor(seed: number) {
    super(seed, meets)
  }
}

function meets({ method, teamId, channelId }: Fault, target: Target): boolean {
  if (method?.endsWith('*') && !target.method.startsWith(method.slice(0, -1))) return false
  if (method !== undefined && !method.endsWith('*') && method !== target.method) return false
  if (teamId !== undefined && teamId !== target.teamId) return false
  return channelId === undefined || channelId === target.channelId
}
