import PQueue from 'p-queue'
import type { Event, MessageEvent } from '#src/core/event.ts'
import { conversationOf } from '#src/core/place.ts'
import type { Reply, Turn } from '#src/core/turn.ts'
import type { AnswerParts } from './answer-turn.ts'
import { apologise } from './apologise.ts'
import { ShuttingDown } from './interruption.ts'
import { Lane, withoutSurface } from './lane.ts'

export type EngineParts = AnswerParts &
  Readonly<{
    /** A turn is closed. Nothing here waits for what follows from it. */
    onTurn(turn: Turn, reply: Reply): void
  }>

/** The conversation: takes events, answers what is said to Aeries. Disposing lets running answers finish for a while. */
export interface Engine extends AsyncDisposable {
  event(event: Event): void
}

/** Running answers get that long to finish at a stop, then that long to show what they have with a word that they broke off. */
const finishWithinMs = 4_000
const flushWithinMs = 1_000

export function createEngine(parts: EngineParts): Engine {
  const { store, clock, log } = parts
  const stop = new AbortController()
  const abort = new AbortController()
  const lanes = new Map<string, Lane>()
  // Both queues own the failures of their tasks. One event is recorded at a time, so that a person's words keep their order.
  const intake = new PQueue({ concurrency: 1 })
  const running = new PQueue({ concurrency: Number.POSITIVE_INFINITY })
  let isOpen = true

  async function take(event: MessageEvent): Promise<void> {
    const conversation = conversationOf(event.place)
    const isCalledInto = event.place.thread !== undefined && !(await store.history.knows(conversation))
    if ((await store.turns.receive(withoutSurface(event))) === 'known') return
    const key = laneOf(event)
    const lane = lanes.get(key)
    if (lane) return lane.add(event)
    const opened = new Lane({ ...parts, stop: stop.signal, abort: abort.signal })
    lanes.set(key, opened)
    opened.add(event)
    own(running, () => work(key, opened, isCalledInto))
  }

  /** A lane that is told to stop leaves the rest where it is recorded. A turn that fails takes no other with it. */
  async function work(key: string, lane: Lane, isCalledInto: boolean): Promise<void> {
    for (let first = isCalledInto; !lane.isEmpty && !stop.signal.aborted; first = false) {
      await lane.answer(first).catch(failed)
    }
    lanes.delete(key)
  }

  /** Somebody who is not heard is told so, without holding up who comes next. */
  function refuse({ surface }: MessageEvent, error: unknown): void {
    own(running, () => apologise(parts, surface, error, abort.signal))
  }

  function own(queue: PQueue, task: () => Promise<void>): void {
    queue.add(task).catch(failed)
  }

  function failed(error: unknown): void {
    if (!abort.signal.aborted) log.error({ err: error }, 'a message could not be taken or answered')
  }

  return {
    event(event) {
      switch (event.type) {
        case 'message':
          // Words that are not said to Aeries are nobody's business: not recorded, not answered.
          if (isOpen && event.message.addressed) own(intake, () => take(event).catch(error => refuse(event, error)))
          break
        case 'control':
          // Only the asker's own lane: nobody ends another's answer.
          if (event.control.type === 'stop') lanes.get(laneOf(event))?.stop()
          break
        case 'edited':
        case 'deleted':
        case 'reaction':
        case 'reactions cleared':
        case 'gone':
        case 'gap':
        case 'own':
          break
        default:
          event satisfies never
      }
    },

    async [Symbol.asyncDispose]() {
      isOpen = false
      await intake.onIdle()
      const done = new AbortController()
      const finished = running.onIdle().then(() => done.abort())
      const within = (ms: number) => Promise.race([finished, clock.sleep(ms, done.signal).catch(() => {})])
      await within(finishWithinMs)
      stop.abort(new ShuttingDown())
      await within(flushWithinMs)
      abort.abort(new ShuttingDown())
      await finished
    },
  }
}

/** One asker in one conversation. */
function laneOf({ place, person }: Pick<MessageEvent, 'place' | 'person'>): string {
  return `${conversationOf(place)} ${person.id}`
}
