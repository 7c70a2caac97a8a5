import { once } from 'node:events'
import { writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { request } from 'undici'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Telling } from '#src/core/telemetry.ts'
import { WriteBudget } from '#src/engine/write-budget.ts'
import { OpsDoor } from '#src/ops-door.ts'
import { openStore } from '#src/sqlite/sqlite-store.ts'
import { systemClock } from '#src/system-clock.ts'
import { createVllmChatModel } from '#src/vllm/vllm-chat-model.ts'
import { createSqliteHome } from '#test/sqlite/sqlite-home.ts'
import { anAsked, aReply, begun } from '#test/support/an-asked.ts'
import { KeptLog } from '#test/support/kept-log.ts'

const platform = 'discord'
const told: readonly Telling[] = [
  { type: 'turn begun' },
  { type: 'typing', platform, sinceAcceptMs: 30 },
  { type: 'first text', platform, sinceAcceptMs: 420, sinceTokenMs: 150 },
  { type: 'write', platform, phase: 'first', outcome: 'written', ageMs: 150 },
  { type: 'write', platform, phase: 'interim', outcome: 'rate-limited', ageMs: undefined },
  { type: 'generated', usage: { promptTokens: 100, cachedTokens: 80, completionTokens: 7 } },
  { type: 'last text', platform, sinceTokenMs: 90 },
  { type: 'turn closed', platform, outcome: 'done' },
  { type: 'observed', outcome: 'given up', reason: 'too slow' },
  { type: 'brief', outcome: 'whole', ms: 1.5, tokens: 0 },
  { type: 'feedback', platform, verdict: 'too long', persona: 'Aeries' },
]

const parts = new AsyncDisposableStack()
let page = ''

beforeAll(async () => {
  page = await scrape()
})
afterAll(() => parts.disposeAsync())

/** What Prometheus gets of a house in which a little of everything has happened. */
async function scrape(): Promise<string> {
  const home = parts.use(createSqliteHome())
  const store = parts.use(openStore({ path: home.path }))
  await store.turns.finish(await begun(store, anAsked()), aReply('Hello.'), new Date(), true)
  await begun(store, anAsked())
  writeFileSync(join(home.folder, 'aeries.backup-2026-11-23T03-30-00Z.db'), '')
  const elsewhere = createServer((_, response) => response.end('{}')).listen(0, '127.0.0.1')
  parts.defer(() => void elsewhere.close())
  await once(elsewhere, 'listening')
  const apiUrl = `http://127.0.0.1:${(elsewhere.address() as AddressInfo).port}/api`
  const log = new KeptLog()
  const common = { clock: systemClock, log }
  const model = parts.use(createVllmChatModel({ url: 'http://127.0.0.1:1', model: 'none', ...common }))
  const ops = new OpsDoor(systemClock)
  const door = {
    ops: { host: '127.0.0.1', port: 0 },
    databasePath: home.path,
    discord: { apiUrl },
    slack: undefined,
    store,
    model,
    adapters: [],
    budget: new WriteBudget(systemClock),
    ...common,
  }
  parts.use(await ops.open(door))
  await (await request(apiUrl)).body.dump()
  for (const one of told) ops.tell(one)
  const url = log.lines.map(({ fields }) => fields['url']).find(one => typeof one === 'string')
  const { body } = await request(`${url}/metrics`)
  return await body.text()
}

/** What an operator has to be able to know, and the figure that says it. */
const figures: readonly (readonly [string, RegExp])[] = [
  ['accept → typing', /^aeries_typing_seconds_sum\{platform="discord"\} 0\.03$/m],
  ['accept → first text', /^aeries_first_text_seconds_sum\{platform="discord"\} 0\.42$/m],
  ['first token → first text', /^aeries_first_text_delay_seconds_sum\{platform="discord"\} 0\.15$/m],
  ['last token → final text', /^aeries_last_text_delay_seconds_sum\{platform="discord"\} 0\.09$/m],
  ['age of shown text', /^aeries_shown_text_age_seconds_count\{platform="discord"\} 1$/m],
  ['writes for each platform', /^aeries_writes_total\{platform="discord",phase="first",outcome="written"\} 1$/m],
  ['429s for each platform', /^aeries_writes_total\{platform="discord",phase="interim",outcome="rate-limited"\} 1$/m],
  ['tokens in', /^aeries_tokens_total\{kind="prompt"\} 100$/m],
  ['tokens out', /^aeries_tokens_total\{kind="completion"\} 7$/m],
  ['cache hits', /^aeries_tokens_total\{kind="cached"\} 80$/m],
  ['who waits for the model', /^aeries_model_answers_waiting 0$/m],
  ['who waits for a write', /^aeries_writers_waiting 0$/m],
  ['what waits to be learnt from', /^aeries_observer_jobs_waiting 1$/m],
  ['turns by outcome', /^aeries_turns_total\{platform="discord",outcome="done"\} 1$/m],
  ['what the observer did, and why not more', /^aeries_observed_total\{outcome="given up",reason="too slow"\} 1$/m],
  ['time of briefs', /^aeries_brief_seconds_sum 0\.0015$/m],
  ['size of briefs', /^aeries_brief_tokens_count 1$/m],
  ['empty briefs', /^aeries_brief_tokens_bucket\{le="0"\} 1$/m],
  ['feedback by class and persona', /^aeries_feedback_total\{.*verdict="too long",persona="Aeries"\} 1$/m],
  ['event-loop delay', /^nodejs_eventloop_lag_p99_seconds [\d.e-]+$/m],
  ['memory', /^process_resident_memory_bytes \d+$/m],
  ['bytes of the database', /^aeries_database_bytes [1-9]\d*$/m],
  ['bytes of its WAL', /^aeries_database_log_bytes \d+$/m],
  ['age of the last good backup', /^aeries_backup_age_seconds [\d.]+$/m],
  ['age of the oldest job', /^aeries_observer_oldest_job_seconds [\d.e-]+$/m],
  ['age of the oldest open turn', /^aeries_oldest_open_turn_seconds -?[\d.e-]+$/m],
  ['dead letters', /^aeries_observer_jobs_dead 0$/m],
  ['clock skew against the Date header', /^aeries_clock_ahead_seconds\{platform="discord"\} -?[\d.]+$/m],
]

describe('/metrics', () => {
  it.each(figures)('tells %s', (_, figure) => {
    expect(page).toMatch(figure)
  })

  it('has no label but a few fixed words, never a person or a place', () => {
    const labels = [...page.matchAll(/^aeries_\w+\{([^}]*)\}/gm)].flatMap(
      ([, all = '']) => all.match(/\w+(?==")/g) ?? [],
    )
    const known = ['check', 'kind', 'le', 'name', 'outcome', 'persona', 'phase', 'platform', 'reason', 'verdict']
    expect([...new Set(labels)].filter(label => !known.includes(label))).toEqual([])
    expect(page).not.toMatch(/mira|dm-mira|test:/i)
  })
})
