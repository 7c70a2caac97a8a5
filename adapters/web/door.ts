import type { HttpBindings } from '@hono/node-server'
import { RESPONSE_ALREADY_SENT } from '@hono/node-server/utils/response'
import type { Context } from 'hono'
import type { ControlEvent, PrivateNote } from '#src/core/event.ts'
import { toldInWords } from '#src/core/event.ts'
import { eventKey, type MessageId } from '#src/core/ids.ts'
import type { Person } from '#src/core/person.ts'
import type { Inbox } from '#src/core/platform.ts'
import type { Talk } from '#src/core/talks.ts'
import type { Answer } from './answer.ts'
import { AnswerReader } from './answer-reader.ts'
import type { Answers } from './answers.ts'
import { type EventStreams, type Source, streamHead } from './event-streams.ts'
import { Failure, unknownConversation, unknownMessage } from './failure.ts'
import type { Guard } from './guard.ts'
import { conversationOfTalk, messagePattern, newTalkId, placeOf } from './ids.ts'
import { platform } from './platform-name.ts'
import { parsePosition } from './position.ts'
import type { WebParts } from './web-parts.ts'

export type Env = { Bindings: HttpBindings }
export type Ask = Context<Env>

/** Nothing that is asked for takes that long: what is stuck holds nobody's request for ever. In ms. */
const stuckAfterMs = 30_000

type Parts = Pick<WebParts, 'house' | 'clock' | 'log'> &
  Readonly<{
    guard: Guard
    answers: Answers
    streams: EventStreams
    /** `undefined`: the door is closed. */
    inbox(): Inbox | undefined
  }>

/** What all routes lean on: who asks, which talk is theirs, and the way into the house. */
export class Door {
  readonly house: WebParts['house']
  readonly guard: Guard
  readonly answers: Answers
  readonly streams: EventStreams
  readonly #parts: Parts

  constructor(parts: Parts) {
    this.house = parts.house
    this.guard = parts.guard
    this.answers = parts.answers
    this.streams = parts.streams
    this.#parts = parts
  }

  now(): Date {
    return this.#parts.clock.now()
  }

  get inbox(): Inbox {
    const inbox = this.#parts.inbox()
    if (inbox === undefined) throw new Failure('resting', 'Aeries is about to stop. Try again in a moment.')
    return inbox
  }

  async who(c: Ask): Promise<Person> {
    return await this.guard.who({ headers: c.env.incoming.headers })
  }

  /** A conversation of that person; nobody learns whether another has one of that name. */
  async talk(person: Person, talk: string): Promise<Talk> {
    const found = await this.house.talks.find(person.id, conversationOfTalk(talk))
    if (found === undefined) throw unknownConversation()
    return found
  }

  /** The talk that a message is of, if it is theirs. */
  async talkOf(person: Person, message: string): Promise<Readonly<{ talk: Talk; message: MessageId }>> {
    const [, talk] = messagePattern.exec(message) ?? []
    const found = talk && (await this.house.talks.find(person.id, conversationOfTalk(talk)))
    if (!found) throw unknownMessage()
    return { talk: found, message: message as MessageId }
  }

  /** Begins to show an answer to whoever asks for it, from where they were cut off. */
  follow(c: Ask, answer: Answer): Response {
    const reader = new AnswerReader(answer, parsePosition(c.req.header('last-event-id') ?? ''))
    const source = () => ({ frames: reader.next(), isEnd: answer.isOver })
    return this.stream(c, { 'x-turn-id': answer.turn }, source, poke => answer.read(poke))
  }

  /** Begins a stream, written by hand. `read`: has it poked until its reader is gone. Who asks for the head alone gets no more. */
  stream(
    c: Ask,
    headers: Readonly<Record<string, string>>,
    source: Source,
    read: (poke: () => void) => Disposable,
  ): Response {
    const { incoming, outgoing } = c.env
    if (incoming.method === 'HEAD') {
      read(() => {})[Symbol.dispose]()
      return c.body(null, 200, { ...streamHead, ...headers })
    }
    const reading = new DisposableStack()
    const session = this.guard.sessionIn(incoming.headers)
    const poke = this.streams.begin(outgoing, { headers, session }, source, () => reading.dispose())
    reading.use(read(poke))
    return RESPONSE_ALREADY_SENT
  }

  /** What somebody does with an answer or asks for; resolves once it is done, with what they alone are told of it, if it is anything. */
  async work(person: Person, talk: string, control: ControlEvent['control']): Promise<PrivateNote | undefined> {
    const told = Promise.withResolvers<PrivateNote | undefined>()
    using _ = this.#parts.clock.after(stuckAfterMs, () => told.resolve(undefined))
    this.inbox.event({
      type: 'control',
      key: eventKey(platform, 'control', newTalkId()),
      place: placeOf(talk),
      at: this.now(),
      person,
      control,
      respond: async words => told.resolve(toldInWords(words)),
      settled: () => told.resolve(undefined),
    })
    return await told.promise
  }
}
