import type { PrivateNote } from '#src/core/event.ts'
import type { MessageId } from '#src/core/ids.ts'
import type { Button, Write } from '#src/core/surface.ts'

/** One message of an answer, as its reader sees it. */
export type Part = Readonly<{
  message: MessageId
  text: string
  note: string | undefined
  /** A word of Aeries that stands in the place of the answer. */
  isNotice: boolean
  buttons: readonly Button[]
}>

export type AnswerFile = Readonly<{ message: MessageId; name: string; content: string }>

/**
 * All that answers one question, as it stands now. Whoever reads along keeps a place in its words, so that nothing is kept for
 * anybody, however slow they are, and whoever was cut off goes on wherever they were.
 */
export class Answer {
  /** The question's own id. */
  readonly turn: string
  readonly talk: string
  #parts: Part[] = []
  #words = ''
  readonly #readers = new Set<() => void>()

  constructor(turn: string, talk: string) {
    this.turn = turn
    this.talk = talk
  }

  /** Grows by one whenever what was read counts no more. */
  epoch = 0
  files: readonly AnswerFile[] = []
  /** Messages of it that stand there no more. */
  readonly gone = new Set<MessageId>()
  /** What its asker alone was told. */
  told: readonly PrivateNote[] = []
  /** Signs that Aeries is writing. */
  signs = 0
  /** Nothing more comes for now. */
  isOver = false
  /** The question that its words went on under, if it was answered together with a later one. */
  joined: string | undefined

  get parts(): readonly Part[] {
    return this.#parts
  }

  /** All words, without notices and notes. */
  get words(): string {
    return this.#words
  }

  put({ part, text, note, notice, phase, buttons = [] }: Write, message: MessageId): void {
    const isNotice = notice ?? false
    const before = this.#parts[part]
    // A last form may lack the blanks that the words before it ended with.
    const isShorter = before !== undefined && before.text.length > text.length && before.text.trimEnd() === text
    this.#parts[part] = { message, text: isShorter ? before.text : text, note, isNotice, buttons }
    this.#count()
    // A notice that ends a try: whoever waits need not wait at this door for the next one.
    this.isOver = isNotice && phase === 'final'
    this.changed()
  }

  remove(message: MessageId): void {
    this.gone.add(message)
    this.#parts = this.#parts.filter(part => part.message !== message)
    this.files = this.files.filter(file => file.message !== message)
    this.#count()
    this.changed()
  }

  attach(file: AnswerFile): void {
    this.files = [...this.files.filter(({ message }) => message !== file.message), file]
    this.changed()
  }

  tell(note: PrivateNote): void {
    this.told = [...this.told, note]
    this.changed()
  }

  sign(): void {
    this.signs += 1
    this.changed()
  }

  over(): void {
    this.isOver = true
    this.changed()
  }

  /** Calls at each change, until it is disposed of. */
  read(reader: () => void): Disposable {
    this.#readers.add(reader)
    return { [Symbol.dispose]: () => void this.#readers.delete(reader) }
  }

  /** Resolves once nothing more comes, or nobody waits longer. */
  async ended(signal: AbortSignal): Promise<void> {
    if (this.isOver || signal.aborted) return
    const ended = Promise.withResolvers<void>()
    using _ = this.read(() => this.isOver && ended.resolve())
    signal.addEventListener('abort', () => ended.resolve(), { once: true })
    await ended.promise
  }

  get isRead(): boolean {
    return this.#readers.size > 0
  }

  changed(): void {
    for (const reader of [...this.#readers]) reader()
  }

  #count(): void {
    const words = this.#parts.map(({ text, isNotice }) => (isNotice ? '' : text)).join('')
    if (!words.startsWith(this.#words)) this.epoch += 1
    this.#words = words
  }
}
