import type { Clock } from '#src/core/clock.ts'
import { type MessageId, messageId } from '#src/core/ids.ts'
import type { Button, Earlier, ReplySurface, Write, WriteOutcome, WritePhase } from '#src/core/surface.ts'

export type RecordingOptions = Readonly<{
  clock: Clock
  /** Characters that one message takes. */
  limit?: number
  /** How long a write is under way. */
  latencyMs?: number
  channel?: string
  /** What becomes of a write instead of being written; a `lost` one is written, but nobody hears of it. */
  fate?: (write: Write, count: number) => WriteOutcome | 'lost' | undefined
  earlier?: Earlier
  /** Whether files are taken; they are. */
  files?: boolean
  /** Whether buttons may stand under words that still grow; they may not. */
  growsWithButtons?: boolean
}>

function under({ note, buttons = [] }: Write): readonly string[] {
  return [...(note === undefined ? [] : [`(${note})`]), ...buttons.map(({ label }) => `[${label}]`)]
}

let surfaces = 0

/** A reply surface that keeps a film strip of all that was shown. Like Discord, a key makes one message however often it is sent. */
export class RecordingSurface implements ReplySurface {
  /** One line a write: when, which message, which phase, what. */
  readonly film: string[] = []
  readonly messages = new Map<MessageId, string>()
  readonly files: string[] = []
  /** All that were ever shown. */
  readonly buttons: Button[] = []
  typed = 0
  #count = 0
  #made = 0
  readonly #id = ++surfaces
  readonly #options: RecordingOptions
  readonly #start: number
  readonly #takenAway = new Set<MessageId>()
  readonly #byKey = new Map<string, MessageId>()
  #isForgetful = false

  constructor(options: RecordingOptions) {
    this.#options = options
    this.#start = options.clock.now().getTime()
  }

  /** What a reader sees in the end, message by message. */
  get shown(): readonly string[] {
    return [...this.messages.values()]
  }

  get growsWithButtons(): boolean {
    return this.#options.growsWithButtons ?? false
  }

  measure(text: string): number {
    return text.length / (this.#options.limit ?? 2_000)
  }

  render(text: string, _phase: WritePhase): string {
    return text.trim()
  }

  bucket({ message }: Pick<Write, 'phase' | 'message'>): string {
    return `${this.#options.channel ?? 'here'} ${message === undefined ? 'post' : 'edit'}`
  }

  async write(write: Write, signal: AbortSignal): Promise<WriteOutcome> {
    const { clock, latencyMs, fate } = this.#options
    if (latencyMs !== undefined) await clock.sleep(latencyMs, signal)
    const outcome = fate?.(write, this.#count++)
    if (outcome !== undefined && outcome !== 'lost') {
      this.#record(`${write.phase} ${outcome.outcome}`)
      return outcome
    }
    if (write.message !== undefined && this.#takenAway.has(write.message)) {
      this.#record(`${write.phase} missing`)
      return { outcome: 'gone', cause: undefined, isMissing: true }
    }
    const known = write.message ?? this.#byKey.get(write.key)
    const message = known ?? messageId('test', undefined, `surface-${this.#id}`, String(++this.#made))
    this.#byKey.set(write.key, message)
    const text = this.render(write.text, write.phase)
    this.buttons.push(...(write.buttons ?? []))
    // A repeated key is answered with the message as it is.
    if (write.message !== undefined || known === undefined) {
      this.messages.set(message, [text, ...under(write)].join('\n'))
    }
    this.#record(`${write.phase} #${message.split('/')[1]} ${JSON.stringify(this.messages.get(message))}`)
    return outcome === 'lost' ? { outcome: 'unknown', cause: new Error('lost') } : { outcome: 'written', message }
  }

  async find({ key, text }: Write): Promise<MessageId | undefined> {
    const known = this.#byKey.get(key)
    if (known !== undefined || !this.#isForgetful) return known
    return [...this.messages].find(([, shown]) => shown.startsWith(text))?.[0]
  }

  /** Somebody deletes it. */
  takeAway(message: MessageId): void {
    this.messages.delete(message)
    this.#takenAway.add(message)
  }

  /** Time goes by: a repeated key is a new message, and only words tell what stands there. */
  forgetKeys(): void {
    this.#byKey.clear()
    this.#isForgetful = true
  }

  async attach({ content }: { content: string }): Promise<WriteOutcome> {
    if (this.#options.files === false) return { outcome: 'gone', cause: undefined }
    this.files.push(content)
    return { outcome: 'written', message: messageId('test', undefined, `surface-${this.#id}`, 'file') }
  }

  async remove(message: MessageId): Promise<WriteOutcome> {
    this.messages.delete(message)
    return { outcome: 'written', message }
  }

  async typing(): Promise<void> {
    this.typed++
  }

  async earlier(): Promise<Earlier> {
    return this.#options.earlier ?? { quotes: [], unread: [] }
  }

  #record(what: string): void {
    this.film.push(`${this.#options.clock.now().getTime() - this.#start} ms: ${what}`)
  }
}
