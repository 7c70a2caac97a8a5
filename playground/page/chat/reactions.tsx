import type { VNode } from 'preact'
import { actAsMe } from '#playground/page/state/act.ts'
import type { ChatStore } from '#playground/page/state/chat-store.ts'
import { meOn } from '#playground/page/state/stores.ts'
import type { MessageView } from '#playground/page/wire.ts'
import { nameOf, symbolOf } from './emoji.ts'

/** Gives a reaction, or takes one's own back. `key` is what the platform has for it. */
export function toggleReaction(store: ChatStore, message: MessageView, key: string): void {
  const me = meOn(store)?.id ?? ''
  const isMine = message.reactions.some(one => one.key === key && one.people.includes(me))
  const call = isMine ? 'unreact' : 'react'
  const args =
    store.platform === 'discord'
      ? { message: message.native, emoji: key }
      : { place: message.place, ts: message.native, name: key }
  void actAsMe(store, call, args)
}

export function Reactions({ store, message }: { store: ChatStore; message: MessageView }): VNode | null {
  if (message.reactions.length === 0) return null
  const me = meOn(store)?.id ?? ''
  return (
    <ul class="reactions">
      {message.reactions.map(({ key, people }) => {
        const symbol = store.platform === 'discord' ? key : (symbolOf(key) ?? `:${key}:`)
        const who = people.map(id => store.nameOf(id)).join(', ')
        return (
          <li key={key}>
            <button
              type="button"
              class="reaction"
              aria-pressed={people.includes(me)}
              aria-label={`${nameOf(symbol)}, ${people.length}: ${who}`}
              title={who}
              onClick={() => toggleReaction(store, message, key)}
            >
              <span aria-hidden="true">{symbol}</span> <span>{people.length}</span>
            </button>
          </li>
        )
      })}
    </ul>
  )
}
