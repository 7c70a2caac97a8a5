import type { PrivateAnswer, PrivateWords } from '#src/core/event.ts'
import type { PersonId } from '#src/core/ids.ts'

/** More than wait for another's word at a time. */
const maxDoors = 1_000

type Door = Readonly<{ respond: PrivateAnswer; until: number }>

/**
 * Where people who asked for something may be told a further word of it, to them alone. In memory: after a restart, or once the
 * platform takes no more words there, whoever waits asks again.
 */
export class PrivateDoors {
  readonly #doors = new Map<PersonId, Door>()

  /** The newest one counts. */
  keep(person: PersonId, respond: PrivateAnswer, until: Date): void {
    this.#doors.delete(person)
    this.#doors.set(person, { respond, until: until.getTime() })
    if (this.#doors.size > maxDoors) for (const oldest of this.#doors.keys()) return void this.#doors.delete(oldest)
  }

  /** Whether there was a door. */
  async tell(person: PersonId, words: PrivateWords, now: Date, signal: AbortSignal): Promise<boolean> {
    const door = this.#doors.get(person)
    if (door === undefined || door.until <= now.getTime()) return false
    await door.respond(words, signal)
    return true
  }
}
