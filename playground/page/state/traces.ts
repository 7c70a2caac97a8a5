import { signal } from '@preact/signals'
import type { CallGrowth, CallView, PageEvent } from '#playground/page/wire.ts'
import { calls, happenings } from './inside-store.ts'
import { stores } from './stores.ts'

/** How an answer grew: characters that were generated and characters that stood on the platform, by ms since it was asked. */
export type Trace = Readonly<{
  call: number
  generated: readonly Point[]
  shown: readonly Point[]
  tokens: readonly Point[]
}>
export type Point = readonly [ms: number, value: number]

const keptTraces = 12

export const traces = signal<ReadonlyMap<number, Trace>>(new Map())

/** Notes how far an answer is, generated and shown. */
export function trace(event: PageEvent): void {
  if (event.type === 'call' && event.call.kind === 'chat') note(event.call)
  if (event.type === 'grown' && traces.peek().has(event.call.id)) note(event.call)
  if (event.type === 'message') {
    const call = calls.peek().findLast(({ kind, id }) => kind === 'chat' && traces.peek().has(id))
    if (call) note(call)
  }
}

function note({ id, text, tokens }: CallGrowth): void {
  const call = calls.peek().find(one => one.id === id)
  if (call === undefined) return
  const before = traces.peek().get(id) ?? { call: id, generated: [[0, 0]], shown: [[0, 0]], tokens: [[0, 0]] }
  const ms = Math.max(0, Date.now() - call.receivedAt)
  // A note of Aeries under the answer is no part of what was generated.
  const shown = Math.min(text.length, shownLength(call, text))
  const all = new Map(traces.peek()).set(id, {
    call: id,
    generated: [...before.generated, [ms, text.length]],
    shown: [...before.shown, [ms, Math.max(shown, before.shown.at(-1)?.[1] ?? 0)]],
    tokens: [...before.tokens, [ms, tokens]],
  })
  for (const oldest of all.keys()) if (all.size > keptTraces) all.delete(oldest)
  traces.value = all
}

/** What stands of this answer on the platforms: in the place where it was asked, as far as that is known. */
function shownLength({ request, receivedAt }: CallView, text: string): number {
  const place = placeOfTurn(request)
  const generated = letters(text)
  let length = 0
  for (const store of Object.values(stores)) {
    const bot = store.scene.peek()?.bot
    for (const { id } of store.scene.peek()?.places ?? []) {
      if (place !== undefined && !place.includes(id)) continue
      for (const message of store.messagesIn(id)) {
        // The sign of a message may stand a moment before its answer is asked for.
        const isLater = message.author === bot && message.at > receivedAt - 1_500 && message.onlyFor === undefined
        if (isLater && generated.includes(letters(message.text).slice(0, probe))) length += message.length
      }
    }
  }
  return length
}

/** So many letters tell an answer from another that grows at the same time. */
const probe = 24

/** Markup differs from platform to platform, and letters do not. */
function letters(text: string): string {
  return text.replace(/[^\p{L}\p{N}]/gu, '')
}

function placeOfTurn(turn: string): readonly string[] | undefined {
  for (const { name, data } of happenings.peek().toReversed()) {
    if (name !== 'brief' || data.question.turn !== turn) continue
    const { channel, thread } = data.question.place
    return thread === undefined ? [channel] : [channel, thread]
  }
  return undefined
}
