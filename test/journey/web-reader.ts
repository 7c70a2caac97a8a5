import type { WebClient, WebStream } from '#test/support/web-client.ts'
import type { Said } from './journey-platform.ts'

export type Shown = {
  readonly turn: string
  words: string
  note: string | undefined
  isNotice: boolean
  isGone: boolean
  buttons: readonly Readonly<{ action: string; label: string }>[]
  readonly files: string[]
  readonly film: { at: number; text: string }[]
}

type Event = WebStream['events'][number]

/** One window on one conversation: what of Aeries it shows, and every state that it showed. */
export class WebReader implements AsyncDisposable {
  readonly client: WebClient
  readonly talk: string
  readonly shown = new Map<string, Shown>()
  /** A stream is cut off that often after an event, and opened again. */
  cutChance = 0
  cuts = 0
  typing = 0
  #stream: WebStream | undefined
  #read = 0
  #isClosed = false
  readonly #inTurn = new Map<string, string>()
  readonly #waiting = new Set<() => void>()

  constructor(client: WebClient, talk: string) {
    this.client = client
    this.talk = talk
  }

  async open(): Promise<void> {
    const stream = await this.client.stream('GET', `/api/conversations/${this.talk}/events`)
    this.#stream = stream
    this.#read = 0
    await stream.until(({ comments }) => comments.includes('here'))
    void this.#follow(stream)
  }

  get isOpen(): boolean {
    return this.#stream !== undefined
  }

  said(answers: (turn: string) => string | undefined): readonly Said[] {
    return [...this.shown.values()].filter(({ isGone }) => !isGone).map(one => saidOf(one, answers(one.turn)))
  }

  async until(test: (text: string) => boolean): Promise<void> {
    while (![...this.shown.values()].some(one => !one.isGone && test(textOf(one)))) {
      await new Promise<void>(resolve => this.#waiting.add(resolve))
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#isClosed = true
    await this.#stream?.[Symbol.asyncDispose]()
  }

  async #follow(stream: WebStream): Promise<void> {
    while (stream === this.#stream) {
      const isOver = await stream.until(({ events }) => events.length > this.#read).then(isNot, isSo)
      for (; this.#read < stream.events.length; this.#read += 1) this.#take(stream.events[this.#read] as Event)
      this.typing = Math.max(this.typing, stream.comments.filter(comment => comment === 'writing').length)
      if (isOver) this.#stream = undefined
      else if (Math.random() < this.cutChance) await this.#cut(stream)
    }
  }

  async #cut(stream: WebStream): Promise<void> {
    this.cuts += 1
    await stream[Symbol.asyncDispose]()
    if (this.#isClosed) return
    await this.open()
    await this.catchUp()
  }

  /** What ended while nobody looked is in the history. */
  async catchUp(): Promise<void> {
    const { json } = await this.client.ask('GET', `/api/conversations/${this.talk}?limit=200`)
    for (const { role, text, messageIds, outcome, note } of json['messages'] as readonly Line[]) {
      if (role !== 'aeries' || outcome === null) continue
      for (const [at, id] of messageIds.entries()) {
        const one = this.#shownAs(id, '')
        const isChanged = one.words !== (at === 0 ? text : '') || one.isNotice
        Object.assign(one, {
          words: at === 0 ? text : '',
          note: at === 0 ? (note ?? undefined) : undefined,
          isNotice: false,
        })
        one.files.length = 0
        if (isChanged) film(one)
      }
    }
    this.#wake()
  }

  #take(event: Event): void {
    const turn = String(event.event === 'removed' ? event['turn'] : event.id)
    if (event.event === 'removed') this.#shownAs(String(event.messageId), turn).isGone = true
    else if (event['anew']) this.#anew(turn)
    else if (event['told'] === undefined) this.#grow(turn, event)
    this.#wake()
  }

  #grow(turn: string, event: Event): void {
    const id = event.messageId ?? this.#inTurn.get(turn)
    if (id === undefined) return
    const one = this.#shownAs(id, turn)
    one.isGone = false
    if (event.token !== undefined) {
      if (event.messageId !== undefined) this.#inTurn.set(turn, id)
      one.words = (one.isNotice || event.messageId !== undefined ? '' : one.words) + event.token
      one.isNotice = false
    } else if (event['file'] !== undefined) one.files.push((event['file'] as { content: string }).content)
    else if (event['error'] !== undefined || event['notice'] !== undefined) {
      Object.assign(one, { words: String(event['error'] ?? event['notice']), isNotice: true })
    } else if ('note' in event) one.note = (event['note'] as string | null) ?? undefined
    one.buttons = (event['buttons'] as Shown['buttons'] | undefined) ?? (event.token === undefined ? [] : one.buttons)
    film(one)
  }

  #anew(turn: string): void {
    for (const one of this.shown.values()) {
      if (one.turn === turn) Object.assign(one, { words: '', note: undefined, buttons: [] })
    }
  }

  #shownAs(id: string, turn: string): Shown {
    const known = this.shown.get(id)
    if (known) return known
    const made: Shown = {
      turn,
      words: '',
      note: undefined,
      isNotice: false,
      isGone: false,
      buttons: [],
      files: [],
      film: [],
    }
    this.shown.set(id, made)
    return made
  }

  #wake(): void {
    for (const resolve of this.#waiting) resolve()
    this.#waiting.clear()
  }
}

type Line = Readonly<{
  role: string
  text: string
  messageIds: readonly string[]
  outcome?: string | null
  note?: string | null
}>

export function withNote(text: string, note: string): string {
  return `${text}\n${note}`
}

export function saidOf(one: Shown, answers: string | undefined): Said {
  return { text: textOf(one), film: one.film, answers, files: one.files, pings: [], unfurls: [] }
}

function textOf({ words, note }: Shown): string {
  return note === undefined ? words.trim() : withNote(words.trim(), note)
}

function film(one: Shown): void {
  const text = textOf(one)
  if (text !== '' && one.film.at(-1)?.text !== text) one.film.push({ at: Date.now(), text })
}

const isSo = () => true
const isNot = () => false
