import { batch, computed, signal } from '@preact/signals'
import { talksApi } from '#adapters/web/page/api/talks-api.ts'
import type { AnswerEvent, Saying } from '#adapters/web/page/wire.ts'
import { followTalk } from './follow-talk.ts'
import { Turn } from './turn.ts'

/** Some turns that are drawn together. */
export type Chunk = Readonly<{ key: string; turns: readonly Turn[] }>

const firstPage = 40
const nextPages = 120
/** As much as is read anew to learn how the newest turns stand. */
const newest = 12
const chunkSize = 3
/** An answer that is on its way mostly has words by then. */
const silentMs = 6_000

/** One conversation as it stands on the page: the newest part of it, and what was read above that. */
export class OpenTalk implements Disposable {
  readonly id: string
  readonly chunks = signal<readonly Chunk[]>([])
  /** As it was when it was read: the list may not reach as far down. */
  readonly title = signal('')
  readonly persona = signal<string | null>(null)
  readonly state = signal<'reading' | 'read' | 'gone'>('reading')
  /** Where the part above begins; `null`: there is none. */
  readonly before = signal<string | null>(null)
  readonly turns = computed(() => this.chunks.value.flatMap(({ turns }) => turns))
  readonly last = computed(() => this.chunks.value.at(-1)?.turns.at(-1))
  readonly isAnswering = computed(() => this.chunks.value.slice(-2).some(({ turns }) => turns.some(one => one.isOpen)))
  readonly #close = new AbortController()
  #isReadingAbove = false
  /** When the history was asked that the newest turns stand by, in ms. */
  #settledAt = 0
  /** Heard of turns while a question of this window has no name yet: one of them may be it. */
  #early: [string, AnswerEvent | 'end'][] = []

  constructor(id: string) {
    this.id = id
  }

  get closed(): AbortSignal {
    return this.#close.signal
  }

  /** Reads the newest part, and hears from then on what is said in it. */
  async open(): Promise<void> {
    const { messages, before, persona, title } = await talksApi.read(this.id, firstPage)
    batch(() => {
      this.title.value = title
      this.persona.value = persona ?? null
      this.before.value = before
      this.chunks.value = chunked(turnsOf(messages))
      this.state.value = 'read'
    })
    this.follow()
  }

  follow(): void {
    followTalk(this.id, this.closed, {
      event: (turn, event) => this.#hear(turn, event),
      changed: () => void this.refresh().catch(() => {}),
    })
  }

  /** The part above what is here. Only one is read at a time. */
  async readAbove(): Promise<void> {
    const before = this.before.peek()
    if (before === null || this.#isReadingAbove) return
    this.#isReadingAbove = true
    try {
      const page = await talksApi.read(this.id, nextPages, before)
      if (this.closed.aborted) return
      batch(() => {
        this.before.value = page.before
        this.chunks.value = [...chunked(turnsOf(page.messages)), ...this.chunks.peek()]
      })
    } finally {
      this.#isReadingAbove = false
    }
  }

  add(turn: Turn): void {
    const chunks = this.chunks.peek()
    const last = chunks.at(-1)
    const hasRoom = last !== undefined && last.turns.length < chunkSize
    this.chunks.value = hasRoom
      ? [...chunks.slice(0, -1), { ...last, turns: [...last.turns, turn] }]
      : [...chunks, { key: turn.key, turns: [turn] }]
  }

  /** The question of this window has its name. */
  named(turn: Turn, id: string): void {
    turn.id = id
    const early = this.#early.splice(0)
    for (const [of, event] of early) this.#hear(of, event)
  }

  /** How the newest turns stand in the history; what is being answered is left alone. */
  async refresh(): Promise<void> {
    const askedAt = performance.now()
    const { messages } = await talksApi.read(this.id, newest)
    // A later look knows more.
    if (this.closed.aborted || askedAt < this.#settledAt) return
    this.#settledAt = askedAt
    batch(() => this.#settle(messages, askedAt))
  }

  /** Something is to become of that answer. Should nobody tell of it, the history does. */
  lookAfter(turn: Turn): void {
    // It was given before this window had heard that it would be: the history has the rest of it.
    if (turn.reply.peek()?.state === 'whole') void this.refresh().catch(() => {})
    setTimeout(() => {
      if (turn.reply.peek()?.state === 'waiting' && !this.closed.aborted) void this.refresh().catch(() => {})
    }, silentMs)
  }

  [Symbol.dispose](): void {
    this.#close.abort()
  }

  #settle(messages: readonly Saying[], askedAt: number): void {
    const known = new Map(this.turns.peek().map(turn => [turn.id, turn]))
    const hasUnnamed = this.#hasUnnamed
    const stands = new Set<string>()
    for (const fresh of turnsOf(messages)) {
      if (fresh.id === undefined) continue
      stands.add(fresh.id)
      const turn = known.get(fresh.id)
      if (turn === undefined) {
        if (!hasUnnamed) this.add(fresh)
      } else if (askedAt < turn.changedAt) continue
      else if (!turn.isRead && (!turn.isOpen || fresh.reply.peek()?.outcome !== undefined)) take(turn, fresh, askedAt)
      else turn.question.value = fresh.question.peek()
    }
    this.#dropGone(stands)
  }

  /** A question that was among the newest and is there no more was taken away. */
  #dropGone(stands: ReadonlySet<string>): void {
    const all = this.turns.peek()
    const from = all.findIndex(({ id }) => id !== undefined && stands.has(id))
    // What was never kept, such as a command, stands where it was said until the page is left.
    const isGone = (turn: Turn) =>
      turn.question.peek()?.messageId !== undefined && !stands.has(turn.id ?? '') && !turn.isOpen && !turn.isRead
    const gone = new Set(all.slice(from === -1 ? all.length : from).filter(isGone))
    if (gone.size === 0) return
    const left = this.chunks.peek().map(chunk => ({ ...chunk, turns: chunk.turns.filter(turn => !gone.has(turn)) }))
    this.chunks.value = left.filter(({ turns }) => turns.length > 0)
  }

  /** A question of this window has no name yet: whatever is told of an unknown one may be told of it. */
  get #hasUnnamed(): boolean {
    return this.turns.peek().some(one => one.isRead && one.id === undefined)
  }

  #hear(id: string, event: AnswerEvent | 'end'): void {
    const turns = this.turns.peek()
    let turn = turns.findLast(one => one.id === id)
    if (turn?.isRead) return
    if (turn === undefined) {
      if (this.#hasUnnamed) return void this.#early.push([id, event])
      turn = new Turn(id)
      this.add(turn)
      void this.refresh().catch(() => {})
    }
    if (event === 'end') {
      turn.end()
      void this.refresh().catch(() => {})
    } else turn.take(event)
  }
}

/** What the history says of a turn; what only this page knows of it stays. */
function take(turn: Turn, fresh: Turn, askedAt: number): void {
  turn.question.value = fresh.question.peek()
  const [now, before] = [fresh.reply.peek(), turn.reply.peek()]
  if (now && before) {
    const { told, files } = before
    const { judgement } = askedAt > turn.judgedAt ? now : before
    turn.reply.value = { ...now, told, files, judgement, canGoOn: before.canGoOn || now.canGoOn }
  } else if (now) turn.reply.value = now
  else if (before?.notice === undefined && before?.told.length === 0) turn.reply.value = undefined
}

function turnsOf(messages: readonly Saying[]): readonly Turn[] {
  const turns: Turn[] = []
  for (const message of messages) {
    const last = turns.at(-1)
    const opens = message.role === 'person' || last === undefined || last.reply.peek() !== undefined
    const turn = opens ? new Turn(message.turnId ?? undefined) : last
    turn.settle(message)
    if (opens) turns.push(turn)
  }
  return turns
}

function chunked(turns: readonly Turn[]): readonly Chunk[] {
  const chunks: Chunk[] = []
  for (let at = 0; at < turns.length; at += chunkSize) {
    const some = turns.slice(at, at + chunkSize)
    chunks.push({ key: some[0]?.key ?? '', turns: some })
  }
  return chunks
}
