import type { ModelEvent, Usage } from '#src/core/model.ts'
import { BlankRun } from './blank-run.ts'
import { Continuation, sentOf } from './continuation.ts'
import { blankAnswer, cutOff, faultError, lostInBlanks, noJson, unreadable } from './faults.ts'
import { JsonText } from './json-text.ts'
import { type BodyForm, RecordReader } from './record-reader.ts'
import { type TemplateLesson, ThinkingFilter } from './thinking-filter.ts'
import type { WireEvent } from './wire.ts'

type End = Extract<ModelEvent, { type: 'end' }>
/** How an answer came out, once it did. */
export type Outcome = End | Readonly<{ type: 'failed'; error: Error }>

/** What an answer has to be, beside words. */
export type AnswerKind = Readonly<{
  /** Words that stand already: what comes goes on from there, and may be nothing. */
  begun?: string | undefined
  /** One JSON value, or the answer failed. */
  json?: boolean | undefined
}>

export type AnswerOptions = Readonly<{
  /** For messages: the server's address and the model asked for. */
  server: string
  model: string
  form: BodyForm
  /** The server's template opens the thinking block, as far as known. */
  opensThinking: boolean
  kind?: AnswerKind
}>

/** An answer as its bytes come in, split anywhere. Pure: no clock, no socket. */
export class Answer {
  readonly #server: string
  readonly #model: string
  readonly #reader: RecordReader
  readonly #filter: ThinkingFilter
  readonly #continuation: Continuation | undefined
  readonly #blanks: BlankRun
  readonly #json: JsonText | undefined
  #text = ''
  #characters = 0
  /** Something came, be it only thinking. */
  #spoke = false
  #contents = 0
  #reason: End['reason'] | undefined
  #usage: Usage | undefined
  #outcome: Outcome | undefined

  constructor({ server, model, form, opensThinking, kind = {} }: AnswerOptions) {
    const { begun = '', json = false } = kind
    const goesOn = sentOf(begun) !== ''
    this.#server = server
    this.#model = model
    this.#json = json ? new JsonText() : undefined
    this.#blanks = new BlankRun(json)
    this.#continuation = goesOn ? new Continuation(begun) : undefined
    // A message that goes on is rendered as the template renders what was said before: no block is open.
    this.#filter = new ThinkingFilter(opensThinking && !goesOn, goesOn ? begun : '')
    this.#reader = new RecordReader(form, {
      event: event => this.#apply(event),
      unreadable: (what, cause) => this.fail(unreadable(server, what, cause)),
    })
  }

  /** Set once, when all is known. Text may still be there to take. */
  get outcome(): Outcome | undefined {
    return this.#outcome
  }

  /** The finish_reason came: the text is whole, only the usage may follow. */
  get finished(): boolean {
    return this.#reason !== undefined
  }

  /** Grows with each record that brings the answer on: words, thinking, the finish. */
  get contents(): number {
    return this.#contents
  }

  /** How many records came, and how many of them could not be read and were left out. */
  get records(): Readonly<{ count: number; foreign: number }> {
    return { count: this.#reader.records, foreign: this.#reader.foreign }
  }

  /** What this answer taught about the server's template; see ThinkingFilter. */
  get lesson(): TemplateLesson {
    return this.#filter.lesson
  }

  feed(bytes: Buffer): void {
    if (!this.#outcome) this.#reader.feed(bytes)
  }

  /** The connection ended, cleanly or with an error. An answer whose finish came is whole either way. */
  close(cause?: unknown): void {
    if (this.#outcome) return
    this.#reader.close()
    this.fail(cutOff(this.#server, cause ?? new Error('its end was clean')))
  }

  /** Takes what is known of a finished answer: nothing more is waited for. */
  end(): void {
    if (this.#reason) this.#outcome ??= { type: 'end', reason: this.#reason, usage: this.#usage }
  }

  /** Something ended the answer. One that is finished stays whole, and the first outcome counts. */
  fail(error: Error): void {
    this.end()
    this.#outcome ??= { type: 'failed', error }
  }

  get hasText(): boolean {
    return this.#text !== ''
  }

  /** The text since the last time. */
  takeText(): string {
    const text = this.#text
    this.#text = ''
    return text
  }

  #apply(event: WireEvent): void {
    if (this.#outcome) return
    switch (event.type) {
      case 'role':
        break
      case 'text':
        this.#words(event.text)
        break
      case 'reasoning':
        this.#contents++
        this.#spoke = true
        this.#filter.separated()
        this.#json?.think(event.text)
        break
      case 'finish':
        this.#finish(event.reason)
        break
      case 'usage':
        this.#usage = event.usage
        if (event.final) this.end()
        break
      case 'error':
        this.fail(faultError(this.#server, this.#model, 200, event.fault))
        break
      case 'done':
        // It closes every stream, also after an error: it never says that the answer is whole.
        this.fail(cutOff(this.#server, new Error('[DONE] without a finish_reason')))
        break
      default:
        event satisfies never
    }
  }

  #words(text: string): void {
    if (this.#reason) return
    this.#contents++
    this.#characters += text.length
    if (!this.#filter.begun && text.trim() !== '') this.#spoke = true
    if (this.#characters > maxAnswerCharacters) {
      this.fail(unreadable(this.#server, 'an answer without an end'))
      return
    }
    this.#say(this.#filter.push(text))
    if (this.#blanks.push(text)) this.#loseInBlanks()
  }

  #say(text: string): void {
    const added = this.#continuation ? this.#continuation.push(text) : text
    this.#text += added
    this.#json?.add(added)
  }

  /** What stands is worth keeping, as it is of an answer that repeats itself. */
  #loseInBlanks(): void {
    if (this.#json || !this.#filter.begun) this.fail(lostInBlanks(this.#server))
    else this.#outcome ??= { type: 'end', reason: 'repetition', usage: this.#usage }
  }

  #finish(reason: string): void {
    if (this.#reason) return
    this.#contents++
    if (reason === 'abort' || reason === 'error') {
      // The server gives up what is running when it is stopped or put to sleep.
      this.fail(cutOff(this.#server, new Error(`finish_reason ${reason}`)))
      return
    }
    const known = reason === 'length' || reason === 'repetition' ? reason : 'stop'
    this.#say(this.#filter.end(known === 'stop' ? 'whole' : 'broken'))
    this.#text += this.#continuation?.end() ?? ''
    if (this.#json) this.#finishJson(this.#json, known)
    else if (this.#filter.begun) this.#reason = known
    else this.fail(blankAnswer(this.#server, this.#spoke))
  }

  #finishJson(json: JsonText, reason: End['reason']): void {
    this.#text += json.takeFromThinking()
    if (json.isBlank) this.fail(blankAnswer(this.#server, this.#spoke))
    else if (reason === 'stop' && json.isWhole) this.#reason = reason
    else this.fail(noJson(this.#server, reason))
  }
}

/** Some 250,000 tokens, more than any context we meet; a proxy that repeats records without an end stops here. */
const maxAnswerCharacters = 1_000_000
