import type { Signal } from '@preact/signals'
import type { ChatStore } from '#playground/page/state/chat-store.ts'
import type { MessageView, PlaceView } from '#playground/page/wire.ts'

/** What a message is drawn from, and what it shares with the others of its list. */
export type MessageProps = Readonly<{
  store: ChatStore
  place: PlaceView
  message: MessageView
  isInThread: boolean
  isContinued: boolean
  isLast: boolean
  active: Signal<string | undefined>
  replyTo: Signal<MessageView | undefined>
}>
