import type { Taste } from '#src/core/cohorts.ts'
import { type PersonId, personId } from '#src/core/ids.ts'
import type { Place } from '#src/core/place.ts'
import type { Store } from '#src/core/store.ts'
import { workspaceOf } from '#src/core/workspace.ts'
import { estimateTokens } from '#src/engine/estimate-tokens.ts'
import { createBriefWriter } from '#src/observer/brief-writer.ts'
import { CohortMaker } from '#src/observer/cohorts/cohort-maker.ts'
import { createLender } from '#src/observer/cohorts/create-lender.ts'
import { firstQuestion, plant, type Style, someTastes } from './plant-people.ts'
import { silent } from './silent.ts'

export const plantedAt = new Date('2026-03-02T09:00:00Z')
export const askedAt = new Date('2026-03-04T09:00:00Z')

/** A workspace in which so many people of each style told how they like it, its cohorts made. */
export async function settle(
  store: Store,
  workspace: string,
  groups: readonly (readonly [style: Style, people: number])[],
  random: () => number,
): Promise<Place> {
  const place: Place = { platform: 'slack', workspace, channel: 'C1', thread: undefined, audience: 'public' }
  for (const [group, [style, people]] of groups.entries()) {
    for (let at = 0; at < people; at += 1) {
      await plant(store, { name: `U${group}-${at}`, place, tastes: someTastes(style, random), at: plantedAt })
    }
  }
  await remake(store, place)
  return place
}

export async function remake(store: Pick<Store, 'cohorts' | 'preferences'>, place: Place): Promise<void> {
  await new CohortMaker({ ...store, mode: 'on' }).make(workspaceOf(place), askedAt, () => Promise.resolve())
}

/** How wrong the length of first answers is, from 0 (as wanted) to 2 (long instead of short), summed over so many newcomers of a style. */
export async function lengthErrors(
  store: Store,
  place: Place,
  { style, people, random }: Readonly<{ style: Style; people: number; random: () => number }>,
): Promise<Readonly<{ shipped: number; lent: number; tokens: number }>> {
  const writer = createBriefWriter({
    learning: store.learning,
    lender: createLender({ ...store, mode: 'on', log: silent }),
    count: estimateTokens,
    log: silent,
  })
  let [shipped, lent, tokens] = [0, 0, 0]
  for (let at = 0; at < people; at += 1) {
    const tastes = someTastes(style, random)
    const person: PersonId = personId(place.platform, place.workspace, `newcomer-${at}`)
    const brief = await writer.brief({ person, place, words: firstQuestion(tastes), at: askedAt, isFresh: true })
    const wanted = wantedLength(tastes)
    shipped += Math.abs(wanted)
    lent += Math.abs(wanted - toldLength(brief.standing))
    tokens = Math.max(tokens, brief.tokens)
  }
  return { shipped, lent, tokens }
}

/** -1: short; 1: long; 0: as they come, which is what the shipped default gives everybody. */
function wantedLength(tastes: readonly Taste[]): number {
  const wanted = tastes.find(({ slot }) => slot === 'reply_length')?.value
  return wanted === 'short' ? -1 : wanted === 'long' ? 1 : 0
}

/** As the brief that a model reads says it. */
function toldLength(standing: string): number {
  if (standing.includes('short answers')) return -1
  return standing.includes('long, thorough answers') ? 1 : 0
}
