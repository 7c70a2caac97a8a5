import type { Clock } from '#src/core/clock.ts'
import type { PersonId } from '#src/core/ids.ts'
import { incognitoPreference, readIncognito } from '#src/core/incognito.ts'
import type { Log } from '#src/core/log.ts'
import { type Chosen, scopeOfTalk } from '#src/core/preferences.ts'
import type { Store } from '#src/core/store.ts'

type Parts = Readonly<{ store: Store; clock: Clock; log: Log }>

const everyMs = 5 * 60_000
/** A talk that rested longer is over. */
const restsMs = 30 * 60_000

/** Takes out incognito talks that nobody goes on with, also those that a process before this one left. */
export class IncognitoSweep implements Disposable {
  readonly #parts: Parts
  #next: Disposable | undefined
  #isOver = false

  constructor(parts: Parts) {
    this.#parts = parts
  }

  /** Somebody is incognito, or may be. */
  watch(): void {
    if (this.#isOver) return
    this.#next ??= this.#parts.clock.after(everyMs, () => {
      this.#next = undefined
      this.#sweep().catch((error: unknown) => {
        this.#parts.log.error({ err: error }, 'incognito talks could not be taken out')
        this.watch()
      })
    })
  }

  /** Watches if a process before this one left somebody incognito. */
  async recall(): Promise<void> {
    if ((await this.#parts.store.preferences.under(incognitoPreference)).length > 0) this.watch()
  }

  async #sweep(): Promise<void> {
    for (const chosen of await this.#parts.store.preferences.under(incognitoPreference)) await this.#end(chosen)
    await this.recall()
  }

  async #end({ person, conversation, value }: Chosen & Readonly<{ person: PersonId }>): Promise<void> {
    const { store, clock } = this.#parts
    if (conversation === undefined) return
    const { since, after } = readIncognito(value)
    const said = await store.ownData.saidSince(person, conversation, after)
    const last = Math.max(since.getTime(), ...said.map(({ at }) => at.getTime()))
    if (clock.now().getTime() - last < restsMs) return
    for (const { message } of said) await store.forget.message(message)
    await store.preferences.choose(incognitoPreference, scopeOfTalk(person, conversation), undefined)
  }

  [Symbol.dispose](): void {
    this.#isOver = true
    this.#next?.[Symbol.dispose]()
  }
}
