import type { HistoryMessage } from '#src/core/history.ts'
import { nativeMessageId } from '#src/core/ids.ts'
import type { Place } from '#src/core/place.ts'
import { scopeOf } from '#src/core/preferences.ts'
import type { Store } from '#src/core/store.ts'
import type { Turn } from '#src/core/turn.ts'

/** Under that name stands since when a person's DM begins anew. */
export const freshPreference = 'fresh since'

/** A talk that rested longer is over. */
const freshMs = 30 * 60_000
const twoExchanges = 4
/** So many of a person's last messages, wherever said, are searched for them. */
const lookBack = 20
/** A talk's last words say what it is about: as many as are read of a thread that Aeries is called into. */
const lastWords = 10

/**
 * What was said just before a thread began, where that is what it goes on from: the two's own words in a DM; in a channel where Aeries reads along, those before the
 * message that called it, which is the thread's first. `known`: the thread's own window.
 */
export async function saidBefore(
  { history, preferences }: Pick<Store, 'history' | 'preferences'>,
  { place, asker, asked }: Turn,
  known: readonly HistoryMessage[],
): Promise<readonly HistoryMessage[]> {
  const opened = known[0]?.at ?? asked[0]?.at
  if (place.thread === undefined || opened === undefined) return []
  const since = opened.getTime() - freshMs
  if (place.audience !== 'dm') {
    const root = known[0]?.messages[0] ?? asked[0]?.message.id
    if (root === undefined || nativeMessageId(root) !== place.thread) return []
    const around = await history.around(place, lastWords, opened)
    return around.filter(({ at }) => at.getTime() >= since)
  }
  const said = await history.ofPerson(asker.id, lookBack, opened)
  const fresh = await preferences.chosen(freshPreference, [scopeOf(asker.id, place)])
  const from = Math.max(since, fresh === undefined ? 0 : Date.parse(fresh))
  const isHere = (at: Place) => at.platform === place.platform && at.channel === place.channel
  return said.filter(message => isHere(message.place) && message.at.getTime() >= from).slice(-twoExchanges)
}
