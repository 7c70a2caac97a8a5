import { Timings } from '#bench/frame/timings.ts'
import { eventKey, messageId } from '#src/core/ids.ts'
import type { Store } from '#src/core/store.ts'
import type { Asked } from '#src/core/turn.ts'
import type { Population } from './population.ts'
import { createRandom } from './random.ts'

const historyLimit = 20
const answer = 'You could take the tram to the harbour and walk from there; it takes about half an hour. '.repeat(5)

export type Measured = Readonly<Record<'receive' | 'begin' | 'shown' | 'finish' | 'turn' | 'window' | 'last', Timings>>

/**
 * Turns as the service writes them, each in another conversation, and reads between them: half of the conversations at
 * random among all, half where most is said.
 */
export class Workload {
  readonly #store: Store
  readonly #population: Population
  readonly #random: () => number
  /** After all that is in the history. */
  #at: number

  /** Workloads of different seeds can follow each other on one database. */
  constructor(store: Store, population: Population, seed: number) {
    this.#store = store
    this.#population = population
    this.#random = createRandom(seed)
    this.#at = Date.parse('2027-06-01T00:00:00Z') + seed * 30 * 24 * 3_600_000
  }

  async run(operations: number, signal: AbortSignal): Promise<Measured> {
    const measured = noTimings()
    for (let operation = 0; operation < operations; operation += 1) {
      await this.#turn(this.#pick(operation), measured)
      const { history } = this.#store
      const [one, other] = [this.#id(operation), this.#id(operation + 1)]
      await measured.window.measure(() => history.window(one, historyLimit))
      await measured.last.measure(() => history.last(other, historyLimit))
      // The service, too, comes back to its event loop.
      await new Promise(resolve => setImmediate(resolve))
      signal.throwIfAborted()
    }
    return measured
  }

  async #turn(conversation: number, measured: Measured): Promise<void> {
    const { turns } = this.#store
    const asked = this.#asked(conversation)
    const { key, at, person: asker, place } = asked
    const id = this.#population.conversationId(conversation)
    const shown = messageId('discord', place.workspace, place.channel, `${at.getTime()}02`)
    const begun = performance.now()
    await measured.receive.measure(() => turns.receive(asked))
    const turn = await measured.begin.measure(() => turns.begin(id, asker.id, [key], at))
    await measured.shown.measure(() => turns.shown(turn, 0, shown))
    const whole = { id: turn, conversation: id, place, asker, asked: [asked] }
    const reply = { outcome: 'done', text: answer, messages: [shown] } as const
    await measured.finish.measure(() => turns.finish(whole, reply, new Date(at.getTime() + 4_000)))
    measured.turn.add(performance.now() - begun)
  }

  #asked(conversation: number): Asked {
    this.#at += 1_000
    const place = this.#population.place(conversation)
    const native = `${this.#at}01`
    return {
      key: eventKey('discord', 'message', native),
      place,
      at: new Date(this.#at),
      person: this.#population.person(this.#population.asker(conversation, this.#at / 1_000)),
      message: {
        id: messageId('discord', place.workspace, place.channel, native),
        text: 'How do I get from the station to the lighthouse without a car, and how long does it take?',
        addressed: true,
        quotes: [],
        unread: [],
      },
    }
  }

  #id(operation: number) {
    return this.#population.conversationId(this.#pick(operation))
  }

  #pick(operation: number): number {
    return operation % 2 === 0 ? this.#population.busy(this.#random) : this.#population.anywhere(this.#random)
  }
}

function noTimings(): Measured {
  const timings = () => new Timings()
  return {
    receive: timings(),
    begin: timings(),
    shown: timings(),
    finish: timings(),
    turn: timings(),
    window: timings(),
    last: timings(),
  }
}
