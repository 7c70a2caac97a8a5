import type { VNode } from 'preact'
import { focusOn, writeField } from '#adapters/web/page/focus-on.ts'
import { Icon } from '#adapters/web/page/icon.tsx'
import { IconButton } from '#adapters/web/page/icon-button.tsx'
import { signOut } from '#adapters/web/page/state/session.ts'
import { found, go, isListed, listMore, next, talks, wanted } from '#adapters/web/page/state/talks.ts'
import { theme } from '#adapters/web/page/state/theme.ts'
import { tried } from '#adapters/web/page/state/toast.ts'
import { today } from '#adapters/web/page/state/today.ts'
import { isKeysOpen, isListOpen } from '#adapters/web/page/state/view.ts'
import { session } from '#adapters/web/page/state/who.ts'
import { Avatar } from '#page/avatar.tsx'
import { days } from './days.ts'
import { TalkItem } from './talk-item.tsx'

/** One's conversations: to begin one, to look for one, and each of them by its day. */
export function Sidebar(): VNode {
  return (
    <aside class="side" aria-label="Conversations">
      <header class="side-head">
        <h1 class="wordmark">
          <Avatar name="Aeries" isBot /> Aeries
        </h1>
        <button
          type="button"
          class="button side-new"
          title="Alt N"
          onClick={() => {
            isListOpen.value = false
            go(undefined)
            // A phone's keyboard would cover what there is to choose from.
            if (matchMedia('(pointer: fine)').matches) focusOn(writeField)
          }}
        >
          <Icon name="plus" size={16} /> New
        </button>
      </header>
      <label class="search">
        <Icon name="search" size={16} />
        <span class="unseen">Search conversations</span>
        <input
          type="search"
          placeholder="Search"
          value={wanted.value}
          onInput={({ currentTarget }) => (wanted.value = currentTarget.value)}
        />
        <kbd>Ctrl K</kbd>
      </label>
      <nav class="side-list" aria-label="All conversations">
        {found.value === undefined ? <ByDay /> : <Found />}
      </nav>
      <footer class="side-foot">
        <ThemeButton />
        <IconButton icon="keys" name="Keys" hint="?" onClick={() => (isKeysOpen.value = true)} />
        <span class="side-who">{typeof session.value === 'object' ? session.value.name : ''}</span>
        {typeof session.value === 'object' && session.value.signIn === 'link' && (
          <IconButton icon="out" name="Sign out" onClick={() => void tried(signOut)} />
        )}
      </footer>
    </aside>
  )
}

function ByDay(): VNode {
  if (isListed.value && talks.value.length === 0) return <p class="side-empty">What you talk about will stand here.</p>
  return (
    <>
      {days(talks.value, today.value).map(({ label, talks }) => (
        <section key={label} aria-label={label}>
          <h2>{label}</h2>
          <ul>
            {talks.map(talk => (
              <TalkItem key={talk.id} talk={talk} />
            ))}
          </ul>
        </section>
      ))}
      {next.value !== null && (
        <button type="button" class="button side-more" onClick={() => void tried(listMore)}>
          Show older ones
        </button>
      )}
    </>
  )
}

function Found(): VNode {
  const all = found.value ?? []
  return (
    <section aria-label="Found">
      <h2>
        {all.length === 0 ? 'Nothing found' : all.length === 1 ? 'One conversation' : `${all.length} conversations`}
      </h2>
      <ul>
        {all.map(talk => (
          <TalkItem key={talk.id} talk={talk} />
        ))}
      </ul>
    </section>
  )
}

function ThemeButton(): VNode {
  const icons = { dark: 'moon', light: 'sun', auto: 'half' } as const
  const now = theme.now.value
  return <IconButton icon={icons[now]} name={`Theme: ${now}`} onClick={() => theme.choose(theme.next)} />
}
