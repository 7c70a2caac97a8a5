import { batch, computed, effect, signal } from '@preact/signals'
import { Refused } from '#adapters/web/page/api/ask-server.ts'
import { talksApi } from '#adapters/web/page/api/talks-api.ts'
import type { Talk } from '#adapters/web/page/wire.ts'
import { converse, goOnReading } from './converse.ts'
import { moveDraft } from './draft.ts'
import { line } from './line.ts'
import { OpenTalk } from './open-talk.ts'
import { chosenPersona } from './personas.ts'
import { saySoon } from './toast.ts'
import { changed, upToDate } from './up-to-date.ts'

/** Somebody types: the search waits that long for the next letter, in ms. */
const typingMs = 180
/** A line of the list shows less. */
const longestTitle = 80

export const talks = signal<readonly Talk[]>([])
export const next = signal<string | null>(null)
export const isListed = signal(false)
/** What is looked for. */
export const wanted = signal('')
export const found = signal<readonly Talk[] | undefined>(undefined)
/** The conversation that is open; `undefined`: one that begins with its first words. */
export const open = signal<OpenTalk | undefined>(undefined)
export const openTitle = computed(
  () => talks.value.find(({ id }) => id === open.value?.id)?.title ?? open.value?.title.value ?? '',
)

export async function list(): Promise<void> {
  const page = await upToDate(() => talksApi.list())
  batch(() => {
    talks.value = page.conversations
    next.value = page.next
    isListed.value = true
  })
}

export async function listMore(): Promise<void> {
  const cursor = next.peek()
  if (cursor === null) return
  next.value = null
  const page = await talksApi.list(cursor)
  batch(() => {
    talks.value = [...talks.peek(), ...page.conversations]
    next.value = page.next
  })
}

/** After what may have taken conversations away: all of them at most. */
export async function lookAgain(): Promise<void> {
  await list()
  if (talks.peek().length > 0) return
  open.peek()?.[Symbol.dispose]()
  open.value = undefined
  go(undefined)
}

/** Nothing of anybody stands there any more, but for the address. */
export function leaveAll(): void {
  changed()
  batch(() => {
    open.peek()?.[Symbol.dispose]()
    open.value = undefined
    talks.value = []
    next.value = null
    isListed.value = false
    wanted.value = ''
  })
}

/** Opens it at once: browsers tell of a new address only later, and keys pressed until then would go to what was open before. */
export function go(id: string | undefined): void {
  const hash = id === undefined ? '#/' : `#/${id}`
  if (location.hash !== hash) history.pushState(undefined, '', hash)
  show()
}

/** Shows what the address says, now and whenever it changes. */
export function followAddress(): void {
  addEventListener('hashchange', show)
  show()
}

function show(): void {
  const id = /^#\/([0-9a-f]{24})$/.exec(location.hash)?.[1]
  const now = open.peek()
  if (now?.id === id && now?.state.peek() !== 'gone') return
  now?.[Symbol.dispose]()
  const talk = id === undefined ? undefined : new OpenTalk(id)
  open.value = talk
  if (talk) void read(talk)
}

async function read(talk: OpenTalk): Promise<void> {
  for (let tries = 0; !talk.closed.aborted; tries += 1) {
    try {
      await talk.open()
      const last = talk.last.peek()
      // It is being answered, or is still to be.
      if (last?.id !== undefined && last.reply.peek() === undefined) void goOnReading(talk, last)
      return
    } catch (error) {
      if (error instanceof Refused && error.status < 500) {
        talk.state.value = 'gone'
        return
      }
      await line.pause(tries)
    }
  }
}

/** The conversation that begins just now: what is said next belongs to it already. */
let beginning: Promise<OpenTalk> | undefined

/** Says something in the open conversation, or begins one with it. */
export async function say(text: string): Promise<void> {
  const talk = open.peek() ?? (await begin(text))
  await converse(talk, text)
  if (open.peek() !== talk) talk[Symbol.dispose]()
  await list().catch(() => {})
}

async function begin(text: string): Promise<OpenTalk> {
  beginning ??= make(text).finally(() => {
    beginning = undefined
  })
  return await beginning
}

async function make(text: string): Promise<OpenTalk> {
  const begun = await talksApi.begin()
  const { id } = begun
  const persona = chosenPersona.peek()
  if (persona !== null) await talksApi.change(id, { persona })
  const talk = new OpenTalk(id)
  changed()
  batch(() => {
    talk.persona.value = persona
    talk.state.value = 'read'
    chosenPersona.value = null
    // Its words are its name until the server says so.
    talks.value = [{ ...begun, title: text.slice(0, longestTitle) }, ...talks.peek()]
    // Whoever has opened another one meanwhile stays there.
    if (open.peek() === undefined) enter(talk)
  })
  return talk
}

function enter(talk: OpenTalk): void {
  moveDraft('', talk.id)
  open.value = talk
  history.pushState(undefined, '', `#/${talk.id}`)
  talk.follow()
}

export async function rename(id: string, title: string): Promise<void> {
  const renamed = await talksApi.change(id, { title: title === '' ? null : title })
  changed()
  const put = (all: readonly Talk[]) => all.map(one => (one.id === id ? { ...one, title: renamed.title } : one))
  batch(() => {
    talks.value = put(talks.peek())
    found.value = found.peek() && put(found.peek() ?? [])
    const now = open.peek()
    if (now?.id === id) now.title.value = renamed.title
  })
}

export async function drop(id: string): Promise<void> {
  await talksApi.drop(id)
  changed()
  batch(() => {
    talks.value = talks.peek().filter(one => one.id !== id)
    found.value = found.peek()?.filter(one => one.id !== id)
    if (open.peek()?.id === id) go(undefined)
  })
  saySoon('Forgotten, with what was learnt from it.')
}

/** Searches while somebody types, and shows nothing that an older question found. */
effect(() => {
  const words = wanted.value.trim()
  if (words === '') {
    found.value = undefined
    return
  }
  const typing = setTimeout(async () => {
    const page = await upToDate(() => talksApi.search(words)).catch(() => undefined)
    if (wanted.peek().trim() === words && page) found.value = page.conversations
  }, typingMs)
  return () => clearTimeout(typing)
})
