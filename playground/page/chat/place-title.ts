import type { ChatStore } from '#playground/page/state/chat-store.ts'
import type { PlaceView } from '#playground/page/wire.ts'

/** What a place is called: a DM by who one talks to there. */
export function placeTitle(store: ChatStore, { kind, name, readers }: PlaceView): string {
  if (kind !== 'dm') return kind === 'thread' ? name : `#${name}`
  const bot = store.nameOf(store.scene.value?.bot ?? '')
  const others = readers.length > 1 ? readers.map(id => store.nameOf(id)) : []
  return [capitalised(bot), ...others].join(', ')
}

export function placeSign({ kind }: PlaceView): string {
  return { dm: '', open: '#', private: '🔒', shared: '⇄', thread: '↳' }[kind]
}

function capitalised(name: string): string {
  return name.slice(0, 1).toUpperCase() + name.slice(1)
}
