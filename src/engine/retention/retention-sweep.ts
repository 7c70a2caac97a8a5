import type { Clock } from '#src/core/clock.ts'
import type { PersonId } from '#src/core/ids.ts'
import type { Log } from '#src/core/log.ts'
import type { KeepsDays } from '#src/core/retention.ts'
import type { Store } from '#src/core/store.ts'
import { forgetPerson } from './forget-person.ts'

export type RetentionParts = Readonly<{
  store: Pick<Store, 'retention' | 'forget' | 'preferences'>
  keepsDays: KeepsDays
  clock: Clock
  log: Log
  /** Ends all that is written to that person. */
  leave(person: PersonId): Promise<void>
}>

/** What it takes out is of days ago. */
const everyMs = 3_600_000
/** Not while everything else starts. */
const firstAfterMs = 90_000
/** A step takes milliseconds; replies come between two of them. */
const betweenMs = 100
/** So soon an operator's command that works beside this process is done. */
const errandsEveryMs = 2_000

/** Takes words out when they are too old or their place is gone, in small steps, and forgets whom the operator wants forgotten. */
export class RetentionSweep implements AsyncDisposable {
  readonly #parts: RetentionParts
  #timer: Disposable | undefined
  #errandsTimer: Disposable | undefined
  #step: Promise<void> | undefined
  #errands: Promise<void> = Promise.resolve()
  #messages = 0
  #isOver = false

  constructor(parts: RetentionParts) {
    this.#parts = parts
  }

  start(): void {
    this.#in(firstAfterMs)
    this.#look()
  }

  /** There is something to do: it begins at once, and what is under way goes on to it. */
  wake(): void {
    if (this.#step === undefined) this.#in(0)
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#isOver = true
    this.#timer?.[Symbol.dispose]()
    this.#errandsTimer?.[Symbol.dispose]()
    await this.#step
    await this.#errands
  }

  #in(ms: number): void {
    this.#timer?.[Symbol.dispose]()
    if (this.#isOver) return
    this.#timer = this.#parts.clock.after(ms, () => {
      this.#step = this.#sweep().then(again => {
        this.#step = undefined
        this.#in(again)
      })
    })
  }

  /** Resolves with when the next step is due. */
  async #sweep(): Promise<number> {
    const { store, keepsDays, clock, log } = this.#parts
    try {
      const { isMore, messages } = await store.retention.step(keepsDays, clock.now())
      this.#messages += messages
      if (isMore) return betweenMs
      if (this.#messages > 0)
        log.info({ messages: this.#messages }, 'words were taken out: too old, or their place is gone')
      this.#messages = 0
    } catch (error) {
      log.warn({ err: error }, 'words that are to go could not be taken out: it is tried again in an hour')
    }
    return everyMs
  }

  #look(): void {
    if (this.#isOver) return
    this.#errandsTimer = this.#parts.clock.after(errandsEveryMs, () => {
      this.#errands = this.#runErrands().finally(() => this.#look())
    })
  }

  async #runErrands(): Promise<void> {
    const { store, clock, log, leave } = this.#parts
    try {
      for (const { person } of await store.retention.errands()) {
        await leave(person)
        await forgetPerson(store, person)
        await store.retention.errandDone(person, clock.now())
        log.info({}, 'somebody was forgotten, as the operator asked')
      }
    } catch (error) {
      log.error({ err: error }, 'somebody could not be forgotten yet, as the operator asked')
    }
  }
}
