import { signal } from '@preact/signals'
import type { VNode } from 'preact'
import { useLayoutEffect, useRef } from 'preact/hooks'
import { actAsMe } from '#playground/page/state/act.ts'
import type { ChatStore } from '#playground/page/state/chat-store.ts'
import type { MessageView } from '#playground/page/wire.ts'

/** The message that is being edited, one at a time. */
export const editing = signal<string | undefined>(undefined)

export function EditBox({ store, message }: { store: ChatStore; message: MessageView }): VNode {
  const field = useRef<HTMLTextAreaElement>(null)
  useLayoutEffect(() => field.current?.focus(), [])
  const close = () => {
    editing.value = undefined
  }
  const save = () => {
    const text = field.current?.value.trim() ?? ''
    const where =
      store.platform === 'discord' ? { message: message.native } : { place: message.place, ts: message.native }
    if (text !== '') void actAsMe(store, 'edit', { ...where, text })
    close()
  }
  return (
    <div class="edit-box">
      <textarea
        ref={field}
        aria-label="Edit message"
        rows={2}
        defaultValue={message.text}
        onKeyDown={event => {
          if (event.key === 'Escape') close()
          if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return
          event.preventDefault()
          save()
        }}
      />
      <p class="hint">Enter saves, Escape leaves it as it was</p>
    </div>
  )
}
