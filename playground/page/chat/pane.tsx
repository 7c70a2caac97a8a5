import { useSignal } from '@preact/signals'
import type { VNode } from 'preact'
import { DiscordForm } from '#playground/page/discord/discord-form.tsx'
import { HomeTab } from '#playground/page/slack/home-tab.tsx'
import { ModalForm } from '#playground/page/slack/modal-form.tsx'
import type { ChatStore } from '#playground/page/state/chat-store.ts'
import { meOn, open } from '#playground/page/state/stores.ts'
import type { MessageView } from '#playground/page/wire.ts'
import { Composer } from './composer.tsx'
import { MessageList } from './message-list.tsx'
import { placeTitle } from './place-title.ts'
import { Sidebar } from './sidebar.tsx'
import { Signs } from './signs.tsx'

/** One platform as its users know it: places at the side, the open one beside them. */
export function Pane({ store }: { store: ChatStore }): VNode {
  const { platform } = store
  const isDrawerOpen = useSignal(false)
  return (
    <section
      class={`pane ${platform}`}
      aria-label={platform === 'discord' ? 'Discord' : 'Slack'}
      data-platform={platform}
    >
      <Sidebar store={store} isOpen={isDrawerOpen} />
      <Talk store={store} openDrawer={() => (isDrawerOpen.value = true)} />
      {platform === 'slack' ? <ModalForm store={store} /> : <DiscordForm store={store} />}
    </section>
  )
}

function Talk({ store, openDrawer }: { store: ChatStore; openDrawer(): void }): VNode {
  const place = store.placeOf(store.place.value)
  const thread = store.thread.value
  const replyTo = useSignal<MessageView | undefined>(undefined)
  const tab = useSignal<'talk' | 'home'>('talk')
  if (place === undefined || meOn(store) === undefined) return <Nobody store={store} />
  const hasHome = store.platform === 'slack' && place.kind === 'dm'
  const isHome = hasHome && tab.value === 'home'
  const title = placeTitle(store, place)
  return (
    <div class="talk">
      <header class="talk-head">
        <button type="button" class="drawer-button" aria-label="Places" onClick={openDrawer}>
          ☰
        </button>
        {thread !== undefined && (
          <button type="button" class="back" onClick={() => open(store, place.id)}>
            ← <span class="unseen">Back to </span>
          </button>
        )}
        <h2>{thread === undefined ? title : `Thread in ${title}`}</h2>
        {hasHome && (
          <nav class="tabs" aria-label="Tabs of the app">
            {(['talk', 'home'] as const).map(name => (
              <button key={name} type="button" aria-pressed={tab.value === name} onClick={() => (tab.value = name)}>
                {name === 'talk' ? 'Messages' : 'Home'}
              </button>
            ))}
          </nav>
        )}
      </header>
      {isHome ? (
        <HomeTab store={store} />
      ) : (
        <>
          <MessageList key={`${place.id} ${thread}`} store={store} place={place} thread={thread} replyTo={replyTo} />
          <Signs store={store} place={place.id} thread={thread} />
          <Composer
            key={`compose ${place.id} ${thread}`}
            store={store}
            place={place}
            thread={thread}
            replyTo={replyTo}
          />
        </>
      )}
    </div>
  )
}

function Nobody({ store }: { store: ChatStore }): VNode {
  const name = store.platform === 'discord' ? 'Discord' : 'Slack'
  return (
    <p class="nobody">
      {store.scene.value === undefined ? `Opening ${name}…` : `This person has no account in this ${name}.`}
    </p>
  )
}
