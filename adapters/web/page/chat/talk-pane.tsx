import type { VNode } from 'preact'
import { Icon } from '#adapters/web/page/icon.tsx'
import { IconButton } from '#adapters/web/page/icon-button.tsx'
import { line } from '#adapters/web/page/state/line.ts'
import { open, openTitle } from '#adapters/web/page/state/talks.ts'
import { isKnowsOpen, isListOpen } from '#adapters/web/page/state/view.ts'
import { Composer } from './composer.tsx'
import { PersonaChoice } from './persona-choice.tsx'
import { TalkView } from './talk-view.tsx'
import { Welcome } from './welcome.tsx'

/** The open conversation, or the beginning of a new one. */
export function TalkPane(): VNode {
  const talk = open.value
  return (
    <main class="pane">
      <header class="pane-head">
        <span class="pane-menu">
          <IconButton icon="menu" name="Conversations" onClick={() => (isListOpen.value = true)} />
        </span>
        <h2>{openTitle.value === '' ? 'A new conversation' : openTitle.value}</h2>
        <PersonaChoice talk={talk} />
        <button
          type="button"
          class="button pane-knows"
          title="What Aeries knows of you (Alt K)"
          onClick={() => (isKnowsOpen.value = true)}
        >
          <Icon name="mind" size={17} />
          <span>What Aeries knows of you</span>
        </button>
      </header>
      <Line />
      {talk === undefined ? <Welcome /> : <TalkView key={talk.id} talk={talk} />}
      <Composer talk={talk} />
    </main>
  )
}

const lineWords = {
  offline: 'You are offline. What you write is kept, and goes out when you are back.',
  away: 'Aeries cannot be reached just now. What you write is kept, and goes out as soon as she is back.',
} as const

function Line(): VNode {
  const state = line.state.value
  return (
    <div role="status" class="line" data-state={state}>
      {state !== 'here' && (
        <p>
          <Icon name="cloud" size={17} /> {lineWords[state]}
        </p>
      )}
    </div>
  )
}
