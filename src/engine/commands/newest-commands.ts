import type { PersonId } from '#src/core/ids.ts'

/** What is heard late is minutes or hours old: of so many people's commands it is known whether they have given newer ones. */
const most = 1_000

/** When people last had each verb carried out, so that one which is heard late undoes nothing newer. In memory alone: a restart reads all in its order. */
export class NewestCommands {
  readonly #at = new Map<string, number>()

  carriedOut(person: PersonId, verb: string, at: Date): void {
    const key = `${verb} ${person}`
    const newest = Math.max(at.getTime(), this.#at.get(key) ?? 0)
    this.#at.delete(key)
    this.#at.set(key, newest)
    const [oldest] = this.#at.keys()
    if (this.#at.size > most && oldest !== undefined) this.#at.delete(oldest)
  }

  isOvertaken(person: PersonId, verb: string, at: Date): boolean {
    return at.getTime() < (this.#at.get(`${verb} ${person}`) ?? 0)
  }
}
