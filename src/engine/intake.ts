import PQueue from 'p-queue'
import type { Clock } from '#src/core/clock.ts'
import type { MessageEvent } from '#src/core/event.ts'
import type { PersonId } from '#src/core/ids.ts'

type Giver = Pick<MessageEvent, 'person' | 'place'>

type Parts = Readonly<{
  clock: Clock
  /** Resolves, soon in any case, when what was said on that platform while nobody listened is in. */
  caughtUp(platform: string): Promise<void>
}>

/** Words wait no longer for what their speaker wanted done before them: a command may be waiting for its platform. */
const commandWithinMs = 2_000

/**
 * In which order what happens is taken in: one event at a time, so that a person's words keep their order. A command is carried out behind
 * all that its giver said before it and ahead of what they say next, wherever, and holds up nobody else.
 */
export class Intake {
  readonly #parts: Parts
  readonly #all = new PQueue({ concurrency: 1 })
  /** Of each person the last words that are not in yet, and the last command that is not done. They never reject. */
  readonly #words = new Map<PersonId, Promise<void>>()
  readonly #commands = new Map<PersonId, Promise<void>>()

  constructor(parts: Parts) {
    this.#parts = parts
  }

  /** Takes in what somebody said. */
  words(person: PersonId, take: () => Promise<void>): Promise<void> {
    const command = this.#commands.get(person)
    const taken = command === undefined ? this.#all.add(take) : command.then(() => this.#all.add(take))
    keep(this.#words, person, taken)
    return taken
  }

  /** Carries out what somebody wants done. */
  command<T>({ person, place }: Giver, carryOut: () => Promise<T>): Promise<T> {
    const caughtUp = this.#parts.caughtUp(place.platform)
    const ready = Promise.all([this.#words.get(person.id), this.#commands.get(person.id), caughtUp])
    const done = ready.then(carryOut)
    keep(
      this.#commands,
      person.id,
      ready.then(() => this.#soon(done)),
    )
    return done
  }

  /** Takes in what became of things that were said: behind all that has come. */
  change(take: () => Promise<void>): Promise<void> {
    if (this.#commands.size === 0) return this.#all.add(take)
    return Promise.all(this.#commands.values()).then(() => this.#all.add(take))
  }

  /** Resolves when all that has come is in. */
  async idle(): Promise<void> {
    while (this.#commands.size + this.#all.size + this.#all.pending > 0) {
      await Promise.all(this.#commands.values())
      await this.#all.onIdle()
    }
  }

  async #soon(done: Promise<unknown>): Promise<void> {
    const late = Promise.withResolvers<void>()
    using _ = this.#parts.clock.after(commandWithinMs, late.resolve)
    await Promise.race([done, late.promise])
  }
}

function keep(last: Map<PersonId, Promise<void>>, person: PersonId, task: Promise<void>): void {
  const over = task
    .catch(() => {})
    .then(() => {
      if (last.get(person) === over) last.delete(person)
    })
  last.set(person, over)
}
