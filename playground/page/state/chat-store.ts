import { computed, type ReadonlySignal, type Signal, signal } from '@preact/signals'
import type { MessageView, PersonView, PlaceView, PlatformName, SceneView, SignView } from '#playground/page/wire.ts'

/** What one platform shows: every message by itself, so that one that grows draws nothing but itself anew. */
export class ChatStore {
  readonly platform: PlatformName
  readonly scene = signal<SceneView | undefined>(undefined)
  readonly signs = signal<readonly SignView[]>([])
  /** The open place, and in Slack the open thread in it. */
  readonly place = signal<string | undefined>(undefined)
  readonly thread = signal<string | undefined>(undefined)
  readonly #messages = new Map<string, Signal<MessageView>>()
  readonly #places = new Map<string, Signal<readonly string[]>>()
  /** Up to when each place was read, by person and place. */
  readonly read = signal<ReadonlyMap<string, number>>(new Map())
  /** When somebody else last said something, by place. */
  readonly latest = signal<ReadonlyMap<string, number>>(new Map())
  readonly people: ReadonlySignal<ReadonlyMap<string, PersonView>> = computed(
    () => new Map(this.scene.value?.people.map(one => [one.id, one]) ?? []),
  )

  constructor(platform: PlatformName) {
    this.platform = platform
  }

  begin(scene: SceneView, messages: readonly MessageView[], signs: readonly SignView[]): void {
    this.scene.value = scene
    this.signs.value = signs
    const ids = new Set(messages.map(({ id }) => id))
    for (const id of this.#messages.keys()) if (!ids.has(id)) this.#messages.delete(id)
    for (const place of this.#places.values()) place.value = []
    for (const message of messages) this.take(message)
  }

  /** A message as it is now: a new one, or a known one that has changed. */
  take(message: MessageView): void {
    const known = this.#messages.get(message.id)
    if (known) known.value = message
    else this.#messages.set(message.id, signal(message))
    const ids = this.idsOf(message.place)
    if (!ids.value.includes(message.id))
      ids.value = [...ids.value, message.id].sort((one, other) => this.#order(one, other))
    if (message.at > (this.latest.value.get(message.place) ?? 0)) {
      this.latest.value = new Map(this.latest.value).set(message.place, message.at)
    }
  }

  sign(sign: SignView): void {
    const others = this.signs.value.filter(
      one => one.place !== sign.place || one.person !== sign.person || one.thread !== sign.thread,
    )
    this.signs.value = sign.until > 0 ? [...others, sign] : others
  }

  idsOf(place: string): Signal<readonly string[]> {
    const known = this.#places.get(place)
    if (known) return known
    const made = signal<readonly string[]>([])
    this.#places.set(place, made)
    return made
  }

  message(id: string): Signal<MessageView> | undefined {
    return this.#messages.get(id)
  }

  /** All that is in a place now, oldest first. */
  messagesIn(place: string): readonly MessageView[] {
    return this.idsOf(place).value.flatMap(id => this.#messages.get(id)?.value ?? [])
  }

  nameOf(person: string): string {
    return this.people.value.get(person)?.name ?? 'somebody'
  }

  placeOf(id: string | undefined): PlaceView | undefined {
    return this.scene.value?.places.find(one => one.id === id)
  }

  #order(one: string, other: string): number {
    const [a, b] = [this.#messages.get(one)?.value, this.#messages.get(other)?.value]
    return (a?.at ?? 0) - (b?.at ?? 0) || one.length - other.length || (one < other ? -1 : 1)
  }
}
