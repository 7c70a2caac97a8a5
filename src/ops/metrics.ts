import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client'
import type { Awaitable } from '#src/core/awaitable.ts'
import type { Usage } from '#src/core/model.ts'
import type { Telemetry, Telling } from '#src/core/telemetry.ts'

/** A figure that is looked up at each scrape; it costs microseconds and waits for no network. `undefined`: there is none. */
export type Reading = Readonly<{ name: string; help: string }> &
  (
    | Readonly<{ read(): Awaitable<number | undefined> }>
    /** One figure for each value of the label. */
    | Readonly<{ label: string; readEach(): Readonly<Record<string, number>> }>
  )

/** From what nobody notices to what nobody waits for, in seconds. */
const waits = [0.05, 0.1, 0.2, 0.4, 0.7, 1, 1.5, 2, 3, 5, 8, 15, 30, 60]
const byPlatform = ['platform'] as const

type HistogramForm = Readonly<{ buckets: readonly number[]; labelNames: readonly 'platform'[] }>

/** All that is counted, for Prometheus. A label is a platform's name or one of few fixed words: never a person or a place. */
export class Metrics implements Telemetry {
  readonly #registry = new Registry()
  readonly #typing = this.#histogram('typing_seconds', 'From an accepted question until its asker sees typing.')
  readonly #firstText = this.#histogram('first_text_seconds', 'From an accepted question until its answer begins.')
  readonly #firstDelay = this.#histogram('first_text_delay_seconds', 'From the first token until words stand there.')
  readonly #lastDelay = this.#histogram('last_text_delay_seconds', 'From the last token until all of it stands there.')
  readonly #age = this.#histogram('shown_text_age_seconds', 'Age of the oldest new word of a write when it stands.')
  readonly #writes = this.#counter('writes_total', 'Writes by what came of them; rate-limited is a 429.', [
    ...byPlatform,
    'phase',
    'outcome',
  ])
  readonly #tokens = this.#counter('tokens_total', 'Tokens of prompts, of them from the cache, and of answers.', [
    'kind',
  ])
  readonly #turns = this.#counter('turns_total', 'Closed turns by outcome.', [...byPlatform, 'outcome'])
  readonly #alarms = this.#counter('alarms_total', 'What an operator has to look at.', ['name', ...byPlatform])
  readonly #observed = this.#counter('observed_total', 'Jobs of the observer by what came of them, and why not more.', [
    'outcome',
    'reason',
  ])
  readonly #feedback = this.#counter(
    'feedback_total',
    'What people said of answers, by what they said and as whom Aeries spoke.',
    [...byPlatform, 'verdict', 'persona'],
  )
  readonly #briefs = this.#counter('briefs_total', 'Briefs by how whole they were.', ['outcome'])
  readonly #briefMs = this.#histogram('brief_seconds', 'What a reply waited for its brief.', {
    buckets: [0.0005, 0.001, 0.002, 0.003, 0.005, 0.01],
    labelNames: [],
  })
  readonly #briefTokens = this.#histogram('brief_tokens', 'Tokens of a brief; 0: nothing is known, or may be told.', {
    buckets: [0, 25, 50, 100, 200, 300, 400, 500, 600],
    labelNames: [],
  })
  readonly #open: Gauge

  constructor() {
    const registers = [this.#registry]
    collectDefaultMetrics({ register: this.#registry, eventLoopMonitoringPrecision: 20 })
    this.#open = new Gauge({ name: 'aeries_turns_open', help: 'Turns that are being answered.', registers })
    for (const kind of ['prompt', 'cached', 'completion']) this.#tokens.inc({ kind }, 0)
  }

  tell(telling: Telling): void {
    switch (telling.type) {
      case 'typing':
        this.#typing.observe({ platform: telling.platform }, seconds(telling.sinceAcceptMs))
        break
      case 'first text':
        this.#firstDelay.observe({ platform: telling.platform }, seconds(telling.sinceTokenMs))
        if (telling.sinceAcceptMs === undefined) break
        this.#firstText.observe({ platform: telling.platform }, seconds(telling.sinceAcceptMs))
        break
      case 'last text':
        this.#lastDelay.observe({ platform: telling.platform }, seconds(telling.sinceTokenMs))
        break
      case 'write': {
        const { platform, phase, outcome, ageMs } = telling
        this.#writes.inc({ platform, phase, outcome })
        if (ageMs !== undefined) this.#age.observe({ platform }, seconds(ageMs))
        break
      }
      case 'generated':
        this.#count(telling.usage)
        break
      // What is shown are the server's own counts.
      case 'left off':
        break
      case 'turn begun':
        this.#open.inc()
        break
      case 'turn over':
        this.#open.dec()
        break
      case 'turn closed':
        this.#turns.inc({ platform: telling.platform, outcome: telling.outcome })
        break
      case 'observed':
        this.#observed.inc({ outcome: telling.outcome, reason: telling.reason })
        break
      case 'brief':
        this.#countBrief(telling)
        break
      case 'feedback':
        this.#feedback.inc({ platform: telling.platform, verdict: telling.verdict, persona: telling.persona })
        break
      case 'alarm':
        this.#alarms.inc({ name: telling.name, platform: telling.platform })
        break
      default:
        telling satisfies never
    }
  }

  /** Shows these as well, from now on. */
  show(readings: readonly Reading[]): void {
    for (const reading of readings) this.#show(reading)
  }

  get contentType(): string {
    return this.#registry.contentType
  }

  /** In Prometheus' text format. */
  page(): Promise<string> {
    return this.#registry.metrics()
  }

  #count({ promptTokens, cachedTokens = 0, completionTokens }: Usage): void {
    this.#tokens.inc({ kind: 'prompt' }, promptTokens)
    this.#tokens.inc({ kind: 'cached' }, cachedTokens)
    this.#tokens.inc({ kind: 'completion' }, completionTokens)
  }

  #countBrief({ outcome, ms, tokens }: Extract<Telling, { type: 'brief' }>): void {
    this.#briefs.inc({ outcome })
    if (outcome === 'failed') return
    this.#briefMs.observe(seconds(ms))
    this.#briefTokens.observe(tokens)
  }

  #show(reading: Reading): void {
    new Gauge({
      name: `aeries_${reading.name}`,
      help: reading.help,
      labelNames: 'label' in reading ? [reading.label] : [],
      registers: [this.#registry],
      async collect() {
        this.reset()
        // One without labels is 0 after that: it is taken out until there is a value.
        if (!('label' in reading)) this.remove()
        for (const { labels, value } of await valuesOf(reading)) this.set(labels, value)
      },
    })
  }

  #histogram(name: string, help: string, form: HistogramForm = { buckets: waits, labelNames: byPlatform }) {
    const { buckets, labelNames } = form
    const registers = [this.#registry]
    return new Histogram({ name: `aeries_${name}`, help, buckets: [...buckets], labelNames, registers })
  }

  #counter<Label extends string>(name: string, help: string, labelNames: readonly Label[]) {
    return new Counter({ name: `aeries_${name}`, help, labelNames: [...labelNames], registers: [this.#registry] })
  }
}

/** One that cannot be read is missing from the page, and the page is there. */
async function valuesOf(
  reading: Reading,
): Promise<readonly Readonly<{ labels: Record<string, string>; value: number }>[]> {
  try {
    if ('label' in reading) {
      const { label } = reading
      return Object.entries(reading.readEach()).map(([of, value]) => ({ labels: { [label]: of }, value }))
    }
    const value = await reading.read()
    return value === undefined ? [] : [{ labels: {}, value }]
  } catch {
    return []
  }
}

function seconds(ms: number): number {
  return ms / 1_000
}
