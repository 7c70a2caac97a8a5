import { type Signal, useSignal } from '@preact/signals'
import type { VNode } from 'preact'
import { useLayoutEffect, useRef } from 'preact/hooks'
import type { ChatStore } from '#playground/page/state/chat-store.ts'
import { prompts } from '#playground/page/state/inside-store.ts'
import type { MessageView, PlaceView } from '#playground/page/wire.ts'
import { useAskedChoices } from './ask-choices.ts'
import { type Choice, completionsFor, withChoice } from './completions.ts'
import { longest } from './longest.ts'
import { placeTitle } from './place-title.ts'
import { say } from './say.ts'

type ComposerProps = Readonly<{
  store: ChatStore
  place: PlaceView
  thread: string | undefined
  replyTo: Signal<MessageView | undefined>
}>

/** Where one writes: Enter sends, Shift+Enter breaks the line, `/` and `@` offer what there is. */
export function Composer({ store, place, thread, replyTo }: ComposerProps): VNode {
  const text = useSignal('')
  const chosen = useSignal(0)
  const isOffering = useSignal(true)
  const field = useRef<HTMLTextAreaElement>(null)
  const askedFor = useAskedChoices(store, place, text.value)
  // Asked anew at every key: keys may come faster than the list is drawn.
  const offersNow = () => (isOffering.value ? [...askedFor(text.value), ...completionsFor(store, text.value)] : [])
  const offers = offersNow()
  const listId = `offers-${store.platform}`
  const answered = replyTo.value
  const excess = text.value.trim().length - longest[store.platform]
  const excessId = `excess-${store.platform}`
  useLayoutEffect(() => {
    if (answered) field.current?.focus()
  }, [answered])
  const type = (next: string) => {
    text.value = next
    chosen.value = 0
    isOffering.value = true
    grow(field.current)
  }
  const take = (choice: Choice) => {
    type(withChoice(text.value, choice))
    field.current?.focus()
  }
  const send = () => {
    const words = text.value.trim()
    if (words === '' || words.length > longest[store.platform]) return
    void say(store, place, { text: words, thread, replyTo: answered?.native })
    replyTo.value = undefined
    type('')
  }
  const press = (event: KeyboardEvent) => {
    const offers = offersNow()
    const offered = offers[chosen.value]
    if (offers.length > 0 && (event.key === 'ArrowDown' || event.key === 'ArrowUp')) {
      const step = event.key === 'ArrowDown' ? 1 : -1
      chosen.value = (chosen.value + step + offers.length) % offers.length
    } else if (offered && (event.key === 'Tab' || (event.key === 'Enter' && !offered.isWhole && !event.shiftKey)))
      take(offered)
    else if (event.key === 'Escape' && (offers.length > 0 || answered)) {
      if (offers.length > 0) isOffering.value = false
      else replyTo.value = undefined
    } else if (event.key === 'Enter' && !event.shiftKey && !event.isComposing) send()
    else return
    event.preventDefault()
  }
  return (
    <div class="composer">
      <Suggested store={store} place={place} onPick={words => void say(store, place, { text: words, thread })} />
      {answered && (
        <p class="replying">
          Replying to <strong>{store.nameOf(answered.author)}</strong>
          <button type="button" aria-label="Do not reply" onClick={() => (replyTo.value = undefined)}>
            ×
          </button>
        </p>
      )}
      {offers.length > 0 && <Offers id={listId} offers={offers} chosen={chosen.value} onTake={take} />}
      {excess > 0 && (
        <p class="excess" id={excessId}>
          {excess} characters too many
        </p>
      )}
      <div class="composer-box">
        <textarea
          ref={field}
          rows={1}
          value={text.value}
          disabled={place.isClosed}
          aria-label={`Message ${placeTitle(store, place)}${thread === undefined ? '' : ', in the thread'}`}
          placeholder={place.isClosed ? 'Nothing more can be said here' : `Message ${placeTitle(store, place)}`}
          aria-autocomplete="list"
          aria-controls={offers.length > 0 ? listId : undefined}
          aria-activedescendant={offers.length > 0 ? `${listId}-${chosen.value}` : undefined}
          aria-invalid={excess > 0}
          aria-describedby={excess > 0 ? excessId : undefined}
          onInput={({ currentTarget }) => type(currentTarget.value)}
          onKeyDown={press}
        />
        <button
          type="button"
          class="send"
          aria-label="Send"
          disabled={text.value.trim() === '' || excess > 0}
          onClick={send}
        >
          <span aria-hidden="true">➤</span>
        </button>
      </div>
    </div>
  )
}

type OffersProps = Readonly<{ id: string; offers: readonly Choice[]; chosen: number; onTake(choice: Choice): void }>

function Offers({ id, offers, chosen, onTake }: OffersProps): VNode {
  return (
    <div class="offers" id={id} role="listbox" aria-label="Completions">
      {offers.map((offer, at) => (
        <div
          key={offer.text}
          id={`${id}-${at}`}
          role="option"
          tabIndex={-1}
          aria-selected={at === chosen}
          class="offer"
          // Before the field loses its focus.
          onPointerDown={event => {
            event.preventDefault()
            onTake(offer)
          }}
        >
          <strong>{offer.label}</strong> <span>{offer.description}</span>
        </div>
      ))}
    </div>
  )
}

/** What the app suggests to ask, in Slack, until something was said. */
function Suggested({
  store,
  place,
  onPick,
}: {
  store: ChatStore
  place: PlaceView
  onPick(words: string): void
}): VNode | null {
  const suggested = store.platform === 'slack' ? prompts.value.get(place.id) : undefined
  if (suggested === undefined || store.messagesIn(place.id).length > 0) return null
  return (
    <div class="suggested">
      {suggested.prompts.map(({ title, message }) => (
        <button key={title} type="button" onClick={() => onPick(message)}>
          {title}
        </button>
      ))}
    </div>
  )
}

function grow(field: HTMLTextAreaElement | null): void {
  if (field === null) return
  requestAnimationFrame(() => {
    field.style.blockSize = 'auto'
    field.style.blockSize = `${Math.min(field.scrollHeight, 160)}px`
  })
}
