import type { LearningMode } from '#src/core/consent.ts'
import { type Event, type MessageEvent, type PrivateAnswer, toldInWords } from '#src/core/event.ts'
import { eventKey, type MessageId } from '#src/core/ids.ts'
import type { ChatRequest } from '#src/core/model.ts'
import type { Standing } from '#src/core/person.ts'
import { conversationOf, type Place } from '#src/core/place.ts'
import type { HouseOptions } from '#test/engine/a-house.ts'
import { aLearning } from '#test/engine/a-learning.ts'
import { aWorld } from '#test/engine/a-world.ts'
import { aPerson, dm, type EventSketch } from '#test/support/an-event.ts'
import type { RecordingOptions } from '#test/support/recording-surface.ts'
import type { Step } from '#test/support/scripted-model.ts'

let count = 0

/** Mira's DM with Aeries, and what she and others can do there with an answer. */
export async function aDesk(
  script: (request: ChatRequest, count: number) => readonly Step[],
  options: HouseOptions & Readonly<{ mode?: LearningMode; surface?: Partial<RecordingOptions> }> = {},
) {
  const world = aWorld(options.surface)
  const requests = new Map<ChatRequest, number>()
  const answering = (request: ChatRequest) => {
    const count = requests.get(request) ?? requests.size
    requests.set(request, count)
    return script(request, count)
  }
  const learns = options.learning ?? (options.mode && aLearning(world.store.preferences, { mode: options.mode }).parts)
  const parts = { ...options, ...(learns && { learning: learns }) }
  let house = await world.start(answering, parts)
  const { clock, surface, store } = world
  /** What an answer stands in; the first one unless said. */
  const shownAs = (part = 0): MessageId => {
    const id = [...surface.messages.keys()][part]
    if (id === undefined) throw new Error(`nothing stands there as ${part}`)
    return id
  }
  const tell = async (event: Event) => {
    house.engine.event(event)
    await clock.advance(0)
  }
  return {
    ...world,
    shownAs,
    tell,
    get house() {
      return house
    },
    /** The process is killed, with all that it still had to do, and the next one starts. */
    async restart() {
      house = await world.start(answering, parts)
    },
    async say(text: string, sketch: Partial<Omit<EventSketch, 'surface' | 'text'>> = {}): Promise<MessageEvent> {
      const event = world.say({ text, ...sketch })
      await tell(event)
      return event
    },
    async react(
      emoji: string,
      change: 'added' | 'removed' = 'added',
      {
        message = shownAs(),
        name = 'Mira',
        place = dm,
        standing,
      }: { message?: MessageId; name?: string; place?: Place; standing?: Standing } = {},
    ) {
      const person = { ...aPerson(name), ...(standing && { standing }) }
      const key = eventKey('test', 'reaction', String(++count))
      await tell({ type: 'reaction', key, place, person, at: clock.now(), message, emoji, change })
    },
    /** Resolves with what they are told, alone. */
    async tap(action: string, { name = 'Mira', standing }: { name?: string; standing?: Standing } = {}) {
      const told: string[] = []
      const key = eventKey('test', 'tap', String(++count))
      const person = { ...aPerson(name), ...(standing && { standing }) }
      const control = { type: 'button', action, message: shownAs() } as const
      const respond: PrivateAnswer = async words => void told.push(toldInWords(words).text)
      await tell({ type: 'control', key, place: dm, person, at: clock.now(), control, respond })
      await clock.advance(5_000)
      return told
    },
    edit: (event: MessageEvent, text: string, name = 'Mira') =>
      tell({
        type: 'edited',
        key: eventKey('test', 'edited', String(++count)),
        place: event.place,
        at: clock.now(),
        person: aPerson(name),
        message: event.message.id,
        text,
      }),
    remove: (...messages: MessageId[]) =>
      tell({
        type: 'deleted',
        key: eventKey('test', 'deleted', String(++count)),
        place: dm,
        at: clock.now(),
        messages,
      }),
    async history(place: Place = dm) {
      const window = await store.history.window(conversationOf(place), 50)
      return window.map(({ role, text }) => `${role === 'person' ? 'Q' : 'A'}: ${text}`)
    },
  }
}
