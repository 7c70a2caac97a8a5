import { actAsMe } from '#playground/page/state/act.ts'
import type { ChatStore } from '#playground/page/state/chat-store.ts'
import type { PlaceView } from '#playground/page/wire.ts'
import { readCommand } from './read-command.ts'

type Saying = Readonly<{ text: string; thread?: string | undefined; replyTo?: string | undefined }>

/** Says something in a place as it was typed: words, or a command of the app. */
export async function say(store: ChatStore, place: PlaceView, { text, thread, replyTo }: Saying): Promise<void> {
  const command = text.startsWith('/') ? readCommand(text, store.scene.value?.commands ?? []) : undefined
  if (command && store.platform === 'slack') {
    await actAsMe(store, 'command', { place: place.id, command: `/${command.name}`, text: command.rest })
  } else if (command) {
    await actAsMe(store, 'command', { place: place.id, typed: command.typed, options: command.options })
  } else await actAsMe(store, 'say', { place: place.id, text, thread, replyTo })
}
