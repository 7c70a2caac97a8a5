import { Child } from '#bench/frame/child.ts'
import { Timings } from '#bench/frame/timings.ts'
import type { Answering, ModelAsk, ModelReport, ReaderAsk, ReaderReport, ReadStream, Share } from './wire.ts'

export type CrowdPlan = Readonly<{ streams: number; apartMs: number; answering: Answering }>

/** What was read of the answers to one crowd. */
export type Crowd = Readonly<{
  firstToken: Timings
  anyToken: Timings
  /** The same from the model straight to the reader: what the bench's own two ends take of it. */
  withoutDoor: Timings
  whole: number
  atOnce: number
  /** Of the answers through the door. */
  tokens: number
  events: number
  shares: Readonly<{ model: Share; reader: Share }>
}>

/** A question to the model itself beside every so many through the door: enough to tell, too few to weigh. */
const directEvery = 2

/** The two ends of the bench, each a process of its own, so that neither waits in a queue of the other. */
export class Ends implements AsyncDisposable {
  readonly #parts: AsyncDisposableStack
  readonly #model: Child
  readonly #reader: Child
  readonly #signal: AbortSignal
  readonly modelUrl: string

  static async open(signal: AbortSignal): Promise<Ends> {
    await using parts = new AsyncDisposableStack()
    const model = parts.use(new Child({ script: 'bench/web/model.ts' }))
    const { url } = await model.heard<{ url: string }>(signal)
    const reader = parts.use(new Child({ script: 'bench/web/reader.ts' }))
    await reader.heard(signal)
    return new Ends(parts.move(), { model, reader, url, signal })
  }

  private constructor(
    parts: AsyncDisposableStack,
    { model, reader, url, signal }: Readonly<{ model: Child; reader: Child; url: string; signal: AbortSignal }>,
  ) {
    this.#parts = parts
    this.#model = model
    this.#reader = reader
    this.#signal = signal
    this.modelUrl = url
  }

  /** So many people ask one after the other, and all of their answers are read. */
  async read(door: string, series: string, { streams, apartMs, answering }: CrowdPlan): Promise<Crowd> {
    this.#model.tell({ type: 'answer', answering } satisfies ModelAsk)
    await this.#report()
    const asked = { door, model: this.modelUrl, series, streams, directEvery, apartMs }
    const open = await this.#hear(asked, 'open')
    const heard = this.#hear(undefined, 'over')
    if (answering.tokens === undefined) this.#model.tell({ type: 'end' } satisfies ModelAsk)
    const over = await heard
    const { sentAt, share } = await this.#report()
    return {
      ...timed(over.streams, sentAt),
      withoutDoor: timed(over.direct, sentAt).anyToken,
      atOnce: open.atOnce,
      shares: { model: share, reader: over.share },
    }
  }

  async #hear<Type extends ReaderReport['type']>(ask: ReaderAsk | undefined, _type: Type) {
    const heard = this.#reader.heard<ReaderReport>(this.#signal)
    if (ask) this.#reader.tell(ask)
    return (await heard) as Extract<ReaderReport, { type: Type }>
  }

  async #report(): Promise<ModelReport> {
    const heard = this.#model.heard<ModelReport>(this.#signal)
    this.#model.tell({ type: 'report' } satisfies ModelAsk)
    return await heard
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#parts.disposeAsync()
  }
}

function timed(streams: readonly ReadStream[], sentAt: ModelReport['sentAt']) {
  const [firstToken, anyToken] = [new Timings(), new Timings()]
  let [whole, tokens, events] = [0, 0, 0]
  for (const stream of streams) {
    const sent = sentAt[stream.name] ?? []
    for (const [at, time] of stream.readAt.entries()) {
      const ms = time - (sent[at] ?? Number.NaN)
      anyToken.add(ms)
      if (at === 0) firstToken.add(ms)
    }
    whole += stream.isWhole && sent.length > 0 && stream.readAt.length === sent.length ? 1 : 0
    tokens += stream.readAt.length
    events += stream.events
  }
  return { firstToken, anyToken, whole, tokens, events }
}
