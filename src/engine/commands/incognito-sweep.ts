import type { Clock } from '#src/core/clock.ts'
import type { PersonId } from '#src/core/ids.ts'
import { incognitoPreference } from '#src/core/incognito.ts'
import type { Log } from '#src/core/log.ts'
import { type Chosen, scopeOfTalk } from '#src/core/preferences.ts'
import type { Store } from '#src/core/store.ts'

type Parts = Readonly<{ store: Store; clock: Clock; log: Log }>

const everyMs = 5 * 60_000
/** A talk that rested longer is over. */
const restsMs = 30 * 60_000

/** Takes out incognito talks that nobody goes on with, also those that a process before this one left. */
export function createIncognitoSweep({ store, clock, log }: Parts): Disposable {
  let next = clock.after(everyMs, tick)

  function tick(): void {
    next = clock.after(everyMs, tick)
    sweep().catch((error: unknown) => log.error({ err: error }, 'incognito talks could not be taken out'))
  }

  async function sweep(): Promise<void> {
    for (const chosen of await store.preferences.under(incognitoPreference)) await end(chosen)
  }

  async function end({ person, conversation, value }: Chosen & Readonly<{ person: PersonId }>): Promise<void> {
    const rested = new Date(clock.now().getTime() - restsMs)
    if (conversation === undefined || new Date(value) > rested) return
    if ((await store.ownData.saidSince(person, conversation, rested)).length > 0) return
    const said = await store.ownData.saidSince(person, conversation, new Date(value))
    for (const message of said) await store.forget.message(message)
    await store.preferences.choose(incognitoPreference, scopeOfTalk(person, conversation), undefined)
  }

  return { [Symbol.dispose]: () => next[Symbol.dispose]() }
}
