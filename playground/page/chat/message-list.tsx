import { type Signal, useSignal } from '@preact/signals'
import type { VNode } from 'preact'
import { useRef } from 'preact/hooks'
import { Scroller } from '#page/scroller.tsx'
import type { ChatStore } from '#playground/page/state/chat-store.ts'
import { meOn } from '#playground/page/state/stores.ts'
import type { MessageView, PlaceView } from '#playground/page/wire.ts'
import { Message } from './message.tsx'
import { placeTitle } from './place-title.ts'

type ListProps = Readonly<{
  store: ChatStore
  place: PlaceView
  thread: string | undefined
  replyTo: Signal<MessageView | undefined>
}>

/** Words of the same person within so long belong together. */
const togetherMs = 5 * 60_000

/** What was said in a place, or in a thread of it. Arrows lead from message to message, Tab into the one that is active. */
export function MessageList({ store, place, thread, replyTo }: ListProps): VNode {
  const active = useSignal<string | undefined>(undefined)
  const list = useRef<HTMLOListElement>(null)
  const messages = store.messagesIn(place.id).filter(message => stands(message, thread, meOn(store)?.id))
  const move = (event: KeyboardEvent) => {
    const step = event.key === 'ArrowUp' ? -1 : event.key === 'ArrowDown' ? 1 : 0
    if (step === 0 || !(event.target instanceof HTMLElement) || event.target.tagName !== 'LI') return
    const items = [...(list.current?.children ?? [])].filter(one => one instanceof HTMLElement)
    items[items.indexOf(event.target) + step]?.focus()
    event.preventDefault()
  }
  const title = placeTitle(store, place)
  return (
    <Scroller label={`Messages in ${title}`}>
      <ol class="messages" ref={list} onKeyDown={move}>
        {messages.length === 0 && <Beginning store={store} place={place} />}
        {messages.map((message, at) => (
          <Message
            key={message.id}
            store={store}
            place={place}
            message={message}
            isInThread={thread !== undefined}
            isContinued={continues(message, messages[at - 1])}
            isLast={at === messages.length - 1}
            active={active}
            replyTo={replyTo}
          />
        ))}
      </ol>
    </Scroller>
  )
}

function Beginning({ store, place }: { store: ChatStore; place: PlaceView }): VNode {
  const isDirect = place.kind === 'dm'
  return (
    <li class="beginning">
      <p>
        <strong>{isDirect ? 'Say hello to Aeries.' : `This is the beginning of ${placeTitle(store, place)}.`}</strong>
      </p>
      <p>
        {isDirect
          ? 'Ask anything, and watch the answer grow. Try “tell me a story” or “show me a table”.'
          : 'Aeries answers here when it is mentioned: @Aeries.'}
      </p>
    </li>
  )
}

/** Slack shows of a thread only its root in the channel, and all of it in the thread. */
function stands(message: MessageView, thread: string | undefined, me: string | undefined): boolean {
  if (message.isGone || (message.onlyFor !== undefined && message.onlyFor !== me)) return false
  if (thread !== undefined) return message.thread === thread || message.native === thread
  return message.thread === undefined || message.thread === message.native || message.isBroadcast
}

function continues(message: MessageView, before: MessageView | undefined): boolean {
  if (before === undefined || message.replyTo !== undefined || before.state === 'notice' || message.state === 'notice')
    return false
  return before.author === message.author && message.at - before.at < togetherMs && before.onlyFor === message.onlyFor
}
