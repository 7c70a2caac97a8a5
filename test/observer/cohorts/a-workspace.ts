import { askedAt, plantedAt, remake } from '#bench/cohorts/newcomers.ts'
import { plant } from '#bench/cohorts/plant-people.ts'
import type { Taste } from '#src/core/cohorts.ts'
import { type PersonId, personId } from '#src/core/ids.ts'
import type { Place } from '#src/core/place.ts'
import type { Store } from '#src/core/store.ts'
import { estimateTokens } from '#src/engine/estimate-tokens.ts'
import { createBriefWriter } from '#src/observer/brief-writer.ts'
import { createLender } from '#src/observer/cohorts/create-lender.ts'
import { KeptLog } from '#test/support/kept-log.ts'

export const short: Taste = { slot: 'reply_length', value: 'short' }
export const casual: Taste = { slot: 'tone', value: 'casual' }
export const hall = aHall('T1')

export function aHall(workspace: string): Place {
  return { platform: 'slack', workspace, channel: 'C1', thread: undefined, audience: 'public' }
}

/** So many people who like short, casual answers, unless told otherwise; the cohorts are not made yet. */
export async function people(
  store: Store,
  count: number,
  sketch: Partial<Parameters<typeof plant>[1]> = {},
): Promise<readonly PersonId[]> {
  const planted: PersonId[] = []
  for (let at = 0; at < count; at += 1) {
    planted.push(await plant(store, { name: `U${at}`, place: hall, tastes: [short, casual], at: plantedAt, ...sketch }))
  }
  return planted
}

/** What the brief of a newcomer says as they ask for the first time, once the cohorts were made. */
export async function firstBrief(
  store: Store,
  { place = hall, words = 'How do tides work?', person = 'newcomer', budget = 500 } = {},
): Promise<Readonly<{ standing: string; tokens: number }>> {
  await remake(store, place)
  const [log, count] = [new KeptLog(), estimateTokens]
  const lender = createLender({ ...store, mode: 'on', log })
  const writer = createBriefWriter({ learning: store.learning, lender, count, log, budget })
  const asking = personId(place.platform, place.workspace, person)
  return await writer.brief({ person: asking, place, words, at: askedAt, isFresh: true })
}

export const lentLine = 'Usual here, not learnt from them: short answers, a casual tone. What they ask for goes first.'
