import { useSignal } from '@preact/signals'
import type { VNode } from 'preact'
import { useEffect } from 'preact/hooks'
import { actAsMe } from '#playground/page/state/act.ts'
import type { ChatStore } from '#playground/page/state/chat-store.ts'
import { sessions } from '#playground/page/state/inside-store.ts'

type SignsProps = Readonly<{ store: ChatStore; place: string; thread: string | undefined }>

/** Who is typing or thinking there, and the button that ends it, where the platform has one. */
export function Signs({ store, place, thread }: SignsProps): VNode {
  const now = useSignal(Date.now())
  const signs = store.signs.value.filter(
    sign => sign.place === place && (thread === undefined || sign.thread === thread),
  )
  const soonest = Math.min(...signs.map(({ until }) => until))
  useEffect(() => {
    if (!Number.isFinite(soonest)) return
    const timer = setTimeout(() => (now.value = Date.now()), Math.max(0, soonest - Date.now()))
    return () => clearTimeout(timer)
  }, [soonest])
  const standing = signs.filter(({ until }) => until > now.value)
  const working = [...sessions.value.values()].find(
    one => one.isWorking && one.place === place && (thread === undefined || one.thread === thread),
  )
  const streaming = store
    .messagesIn(place)
    .findLast(one => one.isStreaming && (thread === undefined || one.thread === thread || one.native === thread))
  const stoppable = working?.thread ?? (streaming && (streaming.thread ?? streaming.native))
  return (
    <div class="signs">
      {standing.map(({ person, words }) => (
        <span key={person} class="sign">
          <Dots /> <strong>{store.nameOf(person)}</strong> {words}
        </span>
      ))}
      {store.platform === 'slack' && stoppable !== undefined && (
        <button type="button" class="stop" onClick={() => void actAsMe(store, 'stop', { place, thread: stoppable })}>
          ■ Stop
        </button>
      )}
    </div>
  )
}

function Dots(): VNode {
  return (
    <span class="dots" aria-hidden="true">
      <i />
      <i />
      <i />
    </span>
  )
}
