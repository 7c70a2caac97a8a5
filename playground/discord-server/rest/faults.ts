import { PlacedFaults } from '#playground/stand-in/placed-faults.ts'

/** Which requests a fault meets. Left out means any. */
type Aim = Readonly<{
  method?: string | undefined
  /** Template of the route, as "/channels/:channel/messages". */
  route?: string | undefined
  channelId?: string | undefined
  /** How often it strikes; without a number until it is removed. */
  times?: number | undefined
  /** Chance of striking a request that it meets, 0 to 1, drawn from the server's seed. */
  chance?: number | undefined
}>

/**
 * One kind of bad weather. `accepted` says on which side of the deed it strikes: true and the request is carried out
 * before its answer is lost, so that the client cannot know.
 */
export type Fault = Aim &
  (
    | Readonly<{ kind: 'rate-limit'; retryAfterMs: number; scope?: 'user' | 'shared' | 'global' | undefined }>
    | Readonly<{
        kind: 'error'
        status: number
        code?: number | undefined
        message?: string | undefined
        accepted?: boolean | undefined
      }>
    | Readonly<{ kind: 'reset' | 'cut'; accepted?: boolean | undefined }>
    | Readonly<{ kind: 'hang'; ms?: number | undefined; accepted?: boolean | undefined }>
    | Readonly<{ kind: 'slow'; ms: number; accepted?: boolean | undefined }>
  )

type Target = Readonly<{ method: string; route: string; channelId: string | undefined }>

/** The faults that are switched on. */
export class Faults extends PlacedFaults<Fault, Target> {
  constructor(seed: number) {
    super(seed, meets)
  }
}

function meets({ method, route, channelId }: Fault, target: Target): boolean {
  if (method !== undefined && method !== target.method) return false
  if (route !== undefined && route !== target.route) return false
  return channelId === undefined || channelId === target.channelId
}
