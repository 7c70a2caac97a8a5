import { setImmediate } from 'node:timers/promises'
import { DefectError } from '#src/core/errors.ts'
import { type MessageId, messageId } from '#src/core/ids.ts'
import type { Place } from '#src/core/place.ts'
import type { Earlier, ReplySurface, Write, WriteOutcome } from '#src/core/surface.ts'
import { closeOpenFences } from '#src/markdown/close-open-fences.ts'
import type { Answer } from './answer.ts'
import type { Answers } from './answers.ts'
import { platform } from './platform-name.ts'

/** One message of an answer; what is longer goes on in a next one. In UTF-16 units. */
const longestMessage = 12_000

/** The answer to one question, as far as this process holds it for its readers. What they read later stands in the history. */
export class WebSurface implements ReplySurface {
  readonly isInstant = true
  readonly growsWithButtons = true
  readonly #answers: Answers
  readonly #talk: string
  readonly #turn: string

  constructor(answers: Answers, place: Place, answering: MessageId) {
    this.#answers = answers
    this.#talk = place.channel
    this.#turn = answering.slice(answering.lastIndexOf('/') + 1)
  }

  measure(text: string): number {
    return text.length / longestMessage
  }

  render(text: string): string {
    return text
  }

  bucket(): string {
    return `${platform}:${this.#talk}`
  }

  /** Readers have it when this returns. It waits out the turn of the event loop, so that what comes together goes out together. */
  async write(write: Write, signal: AbortSignal): Promise<WriteOutcome> {
    signal.throwIfAborted()
    if (write.text.trim() === '') {
      return { outcome: 'gone', cause: new DefectError('a blank text was to be written to the web') }
    }
    const answer = this.#answer()
    const message = write.message ?? this.#idOf(write.key)
    if (answer.gone.has(message)) {
      return { outcome: 'gone', cause: new DefectError('somebody took the message away'), isMissing: true }
    }
    answer.put(write.phase === 'freeze' ? { ...write, text: wholeByItself(write.text) } : write, message)
    await setImmediate()
    return { outcome: 'written', message }
  }

  async find({ key }: Write): Promise<MessageId | undefined> {
    const message = this.#idOf(key)
    return this.#answers.find(this.#turn)?.parts.find(part => part.message === message)?.message
  }

  async attach(
    file: Readonly<{ name: string; content: string }>,
    key: string,
    signal: AbortSignal,
  ): Promise<WriteOutcome> {
    signal.throwIfAborted()
    const message = this.#idOf(key)
    this.#answer().attach({ message, ...file })
    return { outcome: 'written', message }
  }

  async remove(message: MessageId, signal: AbortSignal): Promise<WriteOutcome> {
    signal.throwIfAborted()
    this.#answers.showing(this.#talk, message)?.remove(message)
    return { outcome: 'written', message }
  }

  async typing(signal: AbortSignal): Promise<void> {
    if (!signal.aborted) this.#answers.find(this.#turn)?.sign()
  }

  over(): void {
    const answer = this.#answers.find(this.#turn)
    if (answer === undefined) return
    // What was answered together with a later question was answered there.
    if (answer.words === '') answer.joined = this.#answers.of(this.#talk).findLast(({ words }) => words !== '')?.turn
    answer.over()
  }

  async earlier(): Promise<Earlier> {
    return { quotes: [], unread: [] }
  }

  #answer(): Answer {
    return this.#answers.open(this.#turn, this.#talk)
  }

  /** A repeated send is the same message, whichever process sent it first. */
  #idOf(key: string): MessageId {
    return messageId(platform, undefined, this.#talk, key)
  }
}

/** A message that goes on in a next one: a fence that is open at its end is opened there again. */
function wholeByItself(text: string): string {
  const closed = closeOpenFences(text)
  if (closed.length === text.trim().length) return text
  return text.slice(0, text.length - text.trimStart().length) + closed
}
