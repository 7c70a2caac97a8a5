import { signal, useSignal } from '@preact/signals'
import type { VNode } from 'preact'
import { useLayoutEffect, useRef } from 'preact/hooks'
import { actAsMe } from '#playground/page/state/act.ts'
import type { ChatStore } from '#playground/page/state/chat-store.ts'
import type { MessageView } from '#playground/page/wire.ts'
import { longest } from './longest.ts'

/** The message that is being edited, one at a time. */
export const editing = signal<string | undefined>(undefined)

export function EditBox({ store, message }: { store: ChatStore; message: MessageView }): VNode {
  const field = useRef<HTMLTextAreaElement>(null)
  const text = useSignal(message.text)
  const excess = text.value.trim().length - longest[store.platform]
  useLayoutEffect(() => field.current?.focus(), [])
  const close = () => {
    editing.value = undefined
  }
  const save = () => {
    const words = text.value.trim()
    if (words.length > longest[store.platform]) return
    const where =
      store.platform === 'discord' ? { message: message.native } : { place: message.place, ts: message.native }
    if (words !== '') void actAsMe(store, 'edit', { ...where, text: words })
    close()
  }
  return (
    <div class="edit-box">
      <textarea
        ref={field}
        aria-label="Edit message"
        rows={2}
        value={text.value}
        aria-invalid={excess > 0}
        aria-describedby="edit-hint"
        onInput={({ currentTarget }) => (text.value = currentTarget.value)}
        onKeyDown={event => {
          if (event.key === 'Escape') close()
          if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return
          event.preventDefault()
          save()
        }}
      />
      <p class={excess > 0 ? 'excess' : 'hint'} id="edit-hint">
        {excess > 0 ? `${excess} characters too many` : 'Enter saves, Escape leaves it as it was'}
      </p>
    </div>
  )
}
