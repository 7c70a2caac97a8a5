import type { PersonId } from '#src/core/ids.ts'

/** More commands than that in a minute are no person's: each costs some reading, and a call of the platform. */
const perMinute = 30
const minuteMs = 60_000
/** So many people are looked at before those who rest are let go. */
const manyPeople = 1_000

/** How many commands people give. In memory alone: what a restart forgets is a minute old. */
export class CommandLimit {
  readonly #given = new Map<PersonId, number[]>()

  /** `refused`: it is too much; `refused again`: they were told so in that minute. */
  take(person: PersonId, now: number): 'taken' | 'refused' | 'refused again' {
    if (this.#given.size > manyPeople) this.#tidy(now)
    const given = (this.#given.get(person) ?? []).filter(at => now - at < minuteMs)
    this.#given.set(person, given)
    if (given.length > perMinute) return 'refused again'
    given.push(now)
    return given.length > perMinute ? 'refused' : 'taken'
  }

  #tidy(now: number): void {
    for (const [person, given] of this.#given) if (now - (given.at(-1) ?? 0) >= minuteMs) this.#given.delete(person)
  }
}
