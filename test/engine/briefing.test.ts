import { expect, it } from 'vitest'
import { askedAt, remake } from '#bench/cohorts/newcomers.ts'
import { plant } from '#bench/cohorts/plant-people.ts'
import { personId } from '#src/core/ids.ts'
import { createBriefing } from '#src/engine/briefing.ts'
import { estimateTokens } from '#src/engine/estimate-tokens.ts'
import { createBriefWriter } from '#src/observer/brief-writer.ts'
import { createLender } from '#src/observer/cohorts/create-lender.ts'
import { createConsent } from '#src/observer/consent.ts'
import { openStore } from '#src/sqlite/sqlite-store.ts'
import { hall, lentLine, people, short } from '#test/observer/cohorts/a-workspace.ts'
import { KeptLog } from '#test/support/kept-log.ts'
import { ManualClock } from '#test/support/manual-clock.ts'

it('tells what was learnt with what it rests on, and what is only lent as that', async () => {
  using store = openStore({ path: ':memory:' })
  await people(store, 30)
  const said = await plant(store, { name: 'said', place: hall, tastes: [short], at: askedAt })
  await remake(store, hall)
  const [log, mode] = [new KeptLog(), 'on' as const]
  const { learning, preferences } = store
  const clock = new ManualClock(askedAt)
  const lender = createLender({ ...store, mode, log })
  const briefs = createBriefWriter({ learning, lender, count: estimateTokens, log })
  const consent = createConsent({ preferences, mode, now: () => clock.now() })
  const briefing = createBriefing({ learning: { briefs, briefTokens: 500, consent }, known: learning, clock })
  expect(await briefing.of(personId('slack', 'T1', 'newcomer'), hall)).toEqual([
    { text: lentLine, trait: undefined, since: undefined, from: undefined, isLent: true },
  ])
  expect(await briefing.of(said, hall)).toMatchObject([
    { text: 'Keep answers short.', isLent: false, from: { quote: expect.any(String) } },
    { text: expect.stringContaining('not learnt from them: a casual tone'), isLent: true },
  ])
})
