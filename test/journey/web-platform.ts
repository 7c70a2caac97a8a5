import { setImmediate } from 'node:timers/promises'
import { createWebAdapter } from '#adapters/web/web-adapter.ts'
import { type MessageId, nativeMessageId, personId } from '#src/core/ids.ts'
import type { SqliteStore } from '#src/sqlite/sqlite-store.ts'
import { systemClock } from '#src/system-clock.ts'
import { cookieOf, houseOf } from '#test/adapters/web/web-house.ts'
import type { Front } from '#test/support/build-house.ts'
import { freePort } from '#test/support/free-port.ts'
import { WebClient } from '#test/support/web-client.ts'
import type { Counts, Emoji, JourneyPlatform, JourneyWorld, Said, Spoken, Spot, Told } from './journey-platform.ts'
import { saidOf, WebReader, withNote } from './web-reader.ts'

/** No limit of a platform stands anywhere: there is none. */
export const webPlatform: JourneyPlatform<WebWorld> = {
  name: 'the web',
  open: async () => new WebWorld(await freePort()),
  crowd: 200,
  nastyAnswers: 500,
  hasOnlyDms: true,
}

class WebWorld implements JourneyWorld {
  readonly #port: number
  readonly #clients = new Map<string, WebClient>()
  readonly #readers = new Map<string, WebReader>()
  readonly #told = new Map<string, Told[]>()
  readonly #spoken = new Map<string, readonly [person: string, spot: Spot, text: string, key: string]>()
  #store: SqliteStore | undefined
  #cutChance = 0

  constructor(port: number) {
    this.#port = port
  }

  get fronts() {
    return [this.#front] as const
  }

  /** A process of its own has one person: whoever sits there. */
  get settings() {
    return { WEB_PORT: String(this.#port) }
  }

  async meet(): Promise<void> {}

  async say(person: string, spot: Spot, text: string): Promise<Spoken> {
    const key = crypto.randomUUID()
    const at = Date.now()
    return { id: await this.#ask(person, spot, text.replace(/^@Aeries\s+/, ''), key), at }
  }

  openThread(): Spot {
    throw new Error('There are no threads.')
  }

  /** A client that heard nothing tries again. */
  async repeat({ id }: Spoken): Promise<void> {
    const [person = '', spot = 'dm', text = '', key = ''] = this.#spoken.get(id) ?? []
    await this.#ask(person, spot, text, key)
  }

  async edit(person: string, _: Spot, { id }: Spoken, message: string): Promise<void> {
    await (await this.#client(person)).ask('PATCH', `/api/messages/${encodeURIComponent(id)}`, { message })
  }

  async unsay(person: string, _: Spot, { id }: Spoken): Promise<void> {
    await (await this.#client(person)).ask('DELETE', `/api/messages/${encodeURIComponent(id)}`)
  }

  /** Nobody but its owner has a say in a talk. */
  async moderator(): Promise<string> {
    return 'mira'
  }

  async takeAway(moderator: string): Promise<void> {
    const [id] = [...this.#reader(moderator, 'channel').shown].findLast(([, { isGone }]) => !isGone) ?? []
    await (await this.#client(moderator)).ask('DELETE', `/api/messages/${encodeURIComponent(id ?? '')}`)
  }

  said(spot: Spot, person?: string): readonly Said[] {
    const isDm = spot === 'dm'
    const people = isDm
      ? [person ?? 'mira']
      : [...this.#readers.keys()].flatMap(key => key.match(/^(.*) channel$/)?.[1] ?? [])
    return people.flatMap(one => {
      const reader = this.#readers.get(keyOf(one, spot))
      return reader?.said(turn => (isDm ? undefined : questionIn(reader.talk, turn))) ?? []
    })
  }

  async until(spot: 'dm' | 'channel', test: (text: string) => boolean): Promise<void> {
    await this.#reader('mira', spot).until(test)
  }

  async react(
    person: string,
    _: unknown,
    messageId: MessageId,
    emoji: Emoji,
    change: 'added' | 'removed',
  ): Promise<void> {
    const client = await this.#client(person)
    await client.ask(change === 'added' ? 'POST' : 'DELETE', '/api/reactions', { messageId, emoji })
  }

  async press(person: string, spot: 'dm' | 'channel', id: string, label: string): Promise<void> {
    const told = this.told(person, spot).find(one => one.id === id) as (Told & Tapped) | undefined
    const [messageId, shown] =
      [...this.#reader(person, spot).shown].find(([key]) => nativeMessageId(key as MessageId) === id) ?? []
    const button = [...(told?.under ?? []), ...(shown?.buttons ?? [])].find(one => one.label === label)
    if (button === undefined) throw new Error(`There is no button ${label}.`)
    await this.#tap(person, spot, messageId ?? told?.on ?? '', button.action)
  }

  told(person: string, spot: 'dm' | 'channel'): readonly Told[] {
    return this.#told.get(keyOf(person, spot)) ?? []
  }

  async openReasons(message: MessageId): Promise<void> {
    await this.#tap('mira', 'dm', message, 'feedback:ask')
  }

  message(_: unknown, id: MessageId): Said {
    for (const { shown } of this.#readers.values()) {
      const one = shown.get(id)
      if (one) return saidOf(one, undefined)
    }
    throw new Error(`Nobody saw ${id}.`)
  }

  everSaid(): number {
    return [...this.#readers.values()].reduce((count, { shown }) => count + shown.size, 0)
  }

  withNote(text: string, note: string): string {
    return withNote(text, note)
  }

  mentionForms(): readonly string[] {
    return [
      '@everyone',
      '@here',
      '@Mira',
      '<@1>',
      '<!channel>',
      '<script>alert(1)</script>',
      '[x](javascript:alert(1))',
    ]
  }

  storm(): void {
    this.#cutChance = 0.05
    for (const reader of this.#readers.values()) reader.cutChance = this.#cutChance
  }

  counts(): Counts {
    const all = [...this.#readers.values()]
    const sum = (of: (reader: WebReader) => number) => all.reduce((total, reader) => total + of(reader), 0)
    const identical = sum(({ shown }) => [...shown.values()].reduce((count, { film }) => count + repeatsIn(film), 0))
    return {
      refused: 0,
      identical,
      struck: sum(({ cuts }) => cuts),
      typing: sum(({ typing }) => typing),
      unknownCalls: [],
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const reader of this.#readers.values()) await reader[Symbol.asyncDispose]()
    for (const client of this.#clients.values()) await client[Symbol.asyncDispose]()
  }

  get #front(): Front {
    return {
      clock: systemClock,
      writesPerSecond: {},
      createAdapter: ({ clock, log, store }) => {
        this.#store = store
        this.#clients.clear()
        const settings = { host: '127.0.0.1', port: this.#port, signIn: 'link' } as const
        return createWebAdapter({ ...settings, house: houseOf(store), clock, log })
      },
      settled: () => this.#settled(),
    }
  }

  /** What was written before has been read: it comes over other lines of this machine, some turns of the event loop later. */
  async #settled(): Promise<void> {
    for (let turns = 0; turns < loopTurns; turns += 1) await setImmediate()
    if (this.#cutChance > 0) for (const reader of this.#readers.values()) await reader.catchUp()
  }

  async #client(person: string): Promise<WebClient> {
    const known = this.#clients.get(person)
    if (known) return known
    const id = personId('discord', undefined, person)
    const name = `${person[0]?.toUpperCase()}${person.slice(1)}`
    const cookie = this.#store && (await cookieOf(this.#store, { id, name, external: false }))
    const client = new WebClient(`http://127.0.0.1:${this.#port}`, cookie)
    this.#clients.set(person, client)
    return client
  }

  async #ask(person: string, spot: Spot, text: string, key: string): Promise<string> {
    const reader = await this.#opened(person, spot)
    // The tab that asked is closed at once: the other window shows the answer.
    await using stream = await reader.client.chat(reader.talk, text, { 'idempotency-key': key })
    if (stream.status !== 200) throw new Error(`The question was answered with ${stream.status}.`)
    const id = questionIn(reader.talk, stream.turn)
    this.#spoken.set(id, [person, spot, text, key])
    return id
  }

  async #opened(person: string, spot: Spot): Promise<WebReader> {
    const key = keyOf(person, spot)
    const client = await this.#client(person)
    const known = this.#readers.get(key)
    if (known?.isOpen && known.client === client) return known
    const reader = new WebReader(client, known?.talk ?? (await client.begin()))
    for (const [id, shown] of known?.shown ?? []) reader.shown.set(id, shown)
    reader.cutChance = this.#cutChance
    this.#readers.set(key, reader)
    await reader.open()
    return reader
  }

  #reader(person: string, spot: Spot): WebReader {
    const reader = this.#readers.get(keyOf(person, spot))
    if (reader === undefined) throw new Error(`${person} said nothing there.`)
    return reader
  }

  async #tap(person: string, spot: Spot, messageId: string, action: string): Promise<void> {
    const { json } = await (await this.#client(person)).ask('POST', '/api/taps', { messageId, action })
    const told = json['told'] as Readonly<{ text: string; buttons?: Tapped['under'] }> | null
    if (told === null) return
    const under = told.buttons ?? []
    const one = {
      id: crypto.randomUUID(),
      text: told.text,
      buttons: under.map(({ label }) => label),
      under,
      on: messageId,
    }
    const key = keyOf(person, spot)
    this.#told.set(key, [...(this.#told.get(key) ?? []), one])
  }
}

type Tapped = Readonly<{ under: readonly Readonly<{ action: string; label: string }>[]; on: string }>

/** A chunk is written, carried, read and parsed in fewer. */
const loopTurns = 12

function keyOf(person: string, spot: Spot): string {
  return `${person} ${spot === 'dm' ? 'dm' : 'channel'}`
}

function questionIn(talk: string, turn: string): string {
  return `web:-:${talk}/${turn}`
}

function repeatsIn(film: readonly Readonly<{ text: string }>[]): number {
  return film.filter(({ text }, at) => text === film[at - 1]?.text).length
}
