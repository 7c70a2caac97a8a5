import { announce } from '#page/live-region.tsx'
import { plainText } from '#page/rich.ts'
import { readWords } from '#playground/page/chat/read-words.ts'
import type { MessageView, PageEvent } from '#playground/page/wire.ts'
import { calls } from './inside-store.ts'
import { meOn, stores } from './stores.ts'

/** A message that was not touched for so long, while no answer is being generated, is taken for whole. */
const quietMs = 1_200

const told = new Set<string>()
const waiting = new Map<string, ReturnType<typeof setTimeout>>()

/** Answers that are being given: so many that begun and are not over. */
let answering = 0

function count(event: PageEvent): void {
  if (event.type === 'weather' && event.weather.service !== 'running') answering = 0
  if (event.type !== 'inside' || event.inside.name !== 'telling') return
  const { type } = event.inside.data.telling
  if (type === 'turn begun') answering += 1
  if (type === 'turn over') answering = Math.max(0, answering - 1)
}

/** Has a message of another in an open place read out: once, and when it is whole. */
export function hear(event: PageEvent): void {
  count(event)
  if (event.type === 'snapshot') for (const { platform, id } of event.snapshot.messages) told.add(`${platform} ${id}`)
  if (event.type === 'message') wait(event.message)
}

function wait(message: MessageView): void {
  const store = stores[message.platform]
  const key = `${message.platform} ${message.id}`
  const me = meOn(store)?.id
  const isForMe = message.onlyFor === undefined || message.onlyFor === me
  if (message.place !== store.place.peek() || message.author === me || !isForMe || message.isGone || told.has(key))
    return
  clearTimeout(waiting.get(key))
  const isBot = message.author === store.scene.peek()?.bot
  waiting.set(
    key,
    setTimeout(() => tell(key, message), isBot ? quietMs : 0),
  )
}

function tell(key: string, message: MessageView): void {
  const isGrowing = answering > 0 || calls.peek().some(({ kind, outcome }) => kind === 'chat' && outcome === 'open')
  if (message.state === 'thinking') return
  const store = stores[message.platform]
  const now = store.message(message.id)?.peek() ?? message
  if (isGrowing && message.author === store.scene.peek()?.bot) {
    waiting.set(
      key,
      setTimeout(() => tell(key, now), quietMs),
    )
    return
  }
  waiting.delete(key)
  told.add(key)
  announce(`${store.nameOf(now.author)}: ${plainText(readWords(now, store))}`)
}
