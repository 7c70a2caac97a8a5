import type { Signal } from '@preact/signals'
import type { VNode } from 'preact'
import { Avatar } from '#page/avatar.tsx'
import type { ChatStore } from '#playground/page/state/chat-store.ts'
import { isUnread, meOn, open, placesOf } from '#playground/page/state/stores.ts'
import type { PlaceView } from '#playground/page/wire.ts'
import { placeSign, placeTitle } from './place-title.ts'

/** The places that the speaker can see: direct ones, channels, and threads below theirs. On a phone it comes from the side. */
export function Sidebar({ store, isOpen }: { store: ChatStore; isOpen: Signal<boolean> }): VNode {
  const places = placesOf(store)
  const direct = places.filter(({ kind }) => kind === 'dm')
  const channels = places.filter(({ kind }) => kind !== 'dm' && kind !== 'thread')
  const threadsOf = (id: string) => places.filter(({ kind, parent }) => kind === 'thread' && parent === id)
  const close = () => {
    isOpen.value = false
  }
  const item = (place: PlaceView) => <PlaceItem key={place.id} store={store} place={place} onOpen={close} />
  const isDiscord = store.platform === 'discord'
  return (
    <>
      {isOpen.value && <button type="button" class="drawer-shade" aria-label="Close the places" onClick={close} />}
      <nav class="places" aria-label={`${isDiscord ? 'Discord' : 'Slack'} places`} data-open={isOpen.value}>
        <p class="server">
          <span class="server-sign" aria-hidden="true">
            {store.scene.value?.name.slice(0, 1)}
          </span>
          <span>{store.scene.value?.name}</span>
        </p>
        <h3>Direct messages</h3>
        <ul>{direct.map(item)}</ul>
        <h3>{isDiscord ? 'Text channels' : 'Channels'}</h3>
        <ul>{channels.flatMap(channel => [item(channel), ...threadsOf(channel.id).map(item)])}</ul>
        <Me store={store} />
      </nav>
    </>
  )
}

function PlaceItem({ store, place, onOpen }: { store: ChatStore; place: PlaceView; onOpen(): void }): VNode {
  const isCurrent = store.place.value === place.id
  const isNew = isUnread(store, place.id)
  const title = placeTitle(store, place).replace(/^#/, '')
  return (
    <li>
      <button
        type="button"
        class="place"
        data-kind={place.kind}
        data-new={isNew}
        aria-current={isCurrent ? 'page' : undefined}
        onClick={() => {
          open(store, place.id)
          onOpen()
        }}
      >
        {place.kind === 'dm' ? <Avatar name={title} isBot /> : <span aria-hidden="true">{placeSign(place)}</span>}
        <span class="place-name">{title}</span>
        {isNew && <span class="unseen"> (new messages)</span>}
      </button>
    </li>
  )
}

function Me({ store }: { store: ChatStore }): VNode | null {
  const me = meOn(store)
  if (me === undefined) return null
  return (
    <p class="me">
      <Avatar name={me.name.slice(0, 1).toUpperCase() + me.name.slice(1)} />
      <span>
        {me.name}
        <small>@{me.handle}</small>
      </span>
    </p>
  )
}
