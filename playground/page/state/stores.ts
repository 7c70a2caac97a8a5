import { computed, effect, signal } from '@preact/signals'
import type { PersonView, PlaceView, PlatformName } from '#playground/page/wire.ts'
import { ChatStore } from './chat-store.ts'

export const stores: Readonly<Record<PlatformName, ChatStore>> = {
  discord: new ChatStore('discord'),
  slack: new ChatStore('slack'),
}

/** Who one speaks as, by the handle that they have on each platform. */
export const speaker = signal('mira')

/** Everybody who can be spoken as, of both platforms. */
export const speakers = computed(() => {
  const all = [stores.discord, stores.slack].flatMap(({ scene }) => scene.value?.people ?? [])
  const places = [stores.discord, stores.slack].flatMap(({ scene }) => scene.value?.places ?? [])
  const people = all.filter(({ isBot, id }) => !isBot && places.some(({ readers }) => readers.includes(id)))
  return [...new Map(people.map(one => [one.handle, one])).values()]
})

/** The account of the speaker there; `undefined`: they have none. */
export function meOn({ scene }: ChatStore): PersonView | undefined {
  return scene.value?.people.find(({ handle }) => handle === speaker.value)
}

/** What the speaker can see there; of DMs their own. */
export function placesOf(store: ChatStore): readonly PlaceView[] {
  const me = meOn(store)?.id
  return store.scene.value?.places.filter(({ readers }) => me !== undefined && readers.includes(me)) ?? []
}

export function open(store: ChatStore, place: string, thread?: string): void {
  store.place.value = place
  store.thread.value = thread
}

// Whoever is switched to finds themself in a place that they can see.
effect(() => {
  for (const store of Object.values(stores)) {
    const places = placesOf(store)
    const isSeen = places.some(({ id }) => id === store.place.value)
    if (isSeen || store.scene.value === undefined) continue
    const first = places.find(({ kind }) => kind === 'dm') ?? places[0]
    store.place.value = first?.id
    store.thread.value = undefined
  }
})

// What stands open is read.
effect(() => {
  for (const store of Object.values(stores)) {
    const [place, at] = [store.place.value, store.latest.value.get(store.place.value ?? '') ?? 0]
    const key = `${speaker.value} ${place}`
    const read = store.read.peek()
    if (place !== undefined && at > (read.get(key) ?? 0)) store.read.value = new Map(read).set(key, at)
  }
})

/** Something was said there that the speaker has not seen. */
export function isUnread(store: ChatStore, place: string): boolean {
  return (store.latest.value.get(place) ?? 0) > (store.read.value.get(`${speaker.value} ${place}`) ?? 0)
}
