import type { Awaitable } from './awaitable.ts'
import type { Person } from './person.ts'

/** Who has shown at a door without accounts of its own who they are elsewhere. Keys are kept as hashes only. */
export interface SignIns {
  /** The key of a session of that person, for some weeks. */
  begin(person: Person, at: Date): Awaitable<string>
  /** Whose session it is, under the name that they had when it began. */
  who(key: string, at: Date): Awaitable<Person | undefined>
  end(key: string): Awaitable<void>
}
