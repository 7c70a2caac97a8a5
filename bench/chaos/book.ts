import type { Commanded, LastWish, LastWord, Said } from './checker/evidence.ts'
import type { Message } from './plan-talk.ts'

/** A message that was said, with what its platform calls it. */
export type Entry = Readonly<{ message: Message; native: string; channel: string; said: Said }>

/** Who said what, kept by those who play the people: what the house is held against. */
export class Book {
  readonly #entries = new Map<string, Entry>()

  readonly #reacted = new Set<string>()
  readonly lastWords: LastWord[] = []
  readonly wishes: LastWish[] = []
  readonly commands: Commanded[] = []

  /** Names of the messages whose answers somebody reacted to. */
  get reacted(): readonly string[] {
    return [...this.#reacted]
  }

  noteReaction(name: string): void {
    this.#reacted.add(name)
  }

  get entries(): readonly Entry[] {
    return [...this.#entries.values()]
  }

  get said(): readonly Said[] {
    return this.entries.map(({ said }) => said)
  }

  write(entry: Entry): void {
    this.#entries.set(entry.said.id, entry)
  }

  find(name: string): Entry | undefined {
    return this.#entries.get(name)
  }

  /** Something became of these messages. */
  note(
    which: (entry: Entry) => boolean,
    what: Partial<Pick<Said, 'deletedAt' | 'goneAt' | 'stoppedAt' | 'answerDeletedAt' | 'editedAt'>>,
  ): void {
    for (const entry of this.entries.filter(which)) {
      this.#entries.set(entry.said.id, { ...entry, said: { ...entry.said, ...what } })
    }
  }

  /** Something is asked of the answer to this message, or of its own words. */
  noteWish(name: string): void {
    const entry = this.find(name)
    if (entry === undefined) return
    const said = { ...entry.said, wishedAt: [...(entry.said.wishedAt ?? []), Date.now()] }
    this.#entries.set(name, { ...entry, said })
  }
}
