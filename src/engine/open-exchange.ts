import { DefectError } from '#src/core/errors.ts'
import type { ReplySurface } from '#src/core/surface.ts'
import type { Asked } from '#src/core/turn.ts'
import type { OpenTurn } from '#src/core/turns.ts'
import { type Exchange, type Heard, nothingEarlier } from './exchange.ts'
import type { Platform } from './platform.ts'
import { standingOf } from './standing.ts'

/** How what the ledger holds gets on its way again. */
export type OpenExchange = Readonly<{
  /** An open turn of the ledger on its way again. `inDoubt`: whoever answered it before ended in the middle. */
  exchange(open: OpenTurn, inDoubt: boolean): Exchange
  /** What was said, with the surface that it is answered on. */
  event(asked: Asked): Heard
}>

/** Only once its platform is connected: a surface may need to know who we are there. */
export function createOpenExchange(platforms: readonly Platform[]): OpenExchange {
  function surface({ place, message }: Asked): ReplySurface {
    const platform = platforms.find(({ platform }) => platform === place.platform)
    if (platform === undefined) throw new DefectError(`${place.platform} is not on.`)
    return platform.surface(place, message.id)
  }

  const event = (asked: Asked): Heard => ({ type: 'message', ...asked, surface: surface(asked), isMissed: true })

  return {
    event,
    exchange(open, inDoubt) {
      const { turn, run, fallsBack } = open
      const stands = { ...standingOf(open), inDoubt }
      const isNothing = !inDoubt && stands.draft === undefined && stands.shown.length === 0
      return {
        id: turn.id,
        asked: turn.asked.map(event),
        earlier: nothingEarlier,
        stands: isNothing ? undefined : stands,
        // Who had an answer before did not wait for this one.
        wasAway: run === 0,
        run,
        fallsBack,
      }
    },
  }
}
