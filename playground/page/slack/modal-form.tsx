import type { VNode } from 'preact'
import { useLayoutEffect, useRef } from 'preact/hooks'
import { actAsMe } from '#playground/page/state/act.ts'
import type { ChatStore } from '#playground/page/state/chat-store.ts'
import { slackViews } from '#playground/page/state/inside-store.ts'
import { meOn } from '#playground/page/state/stores.ts'
import type { Json } from '#playground/page/wire.ts'
import { isJson, listOf } from './block-text.ts'
import { BlockView } from './block-view.tsx'

/** The form that the app has opened for the speaker, above their Slack. */
export function ModalForm({ store }: { store: ChatStore }): VNode | null {
  const me = meOn(store)?.id
  const form = [...slackViews.value.values()].findLast(one => one.type === 'modal' && one.isOpen && one.person === me)
  const box = useRef<HTMLFormElement>(null)
  const id = form?.id
  useLayoutEffect(() => {
    if (id !== undefined) box.current?.querySelector<HTMLElement>('input, select, textarea, button')?.focus()
  }, [id])
  if (form === undefined) return null
  const { view } = form
  return (
    <div class="modal-shade" role="dialog" aria-modal="true" aria-label={words(view['title'])}>
      <form
        class="modal"
        ref={box}
        onSubmit={event => {
          event.preventDefault()
          void actAsMe(store, 'submit', { values: valuesOf(event.currentTarget) })
        }}
      >
        <p class="block-header">{words(view['title'])}</p>
        {listOf(view['blocks']).map((block, at) => (
          <BlockView
            key={at}
            store={store}
            block={block}
            press={button => void actAsMe(store, 'clickInView', { button })}
          />
        ))}
        <button type="submit" class="component-button" data-style="primary">
          {words(view['submit']) || 'Close'}
        </button>
      </form>
    </div>
  )
}

/** By block id and action id, with the shape that the kind of field has. */
function valuesOf(form: HTMLFormElement): Json {
  const values: Record<string, Record<string, Json>> = {}
  for (const field of form.querySelectorAll<HTMLInputElement | HTMLSelectElement>('[name]')) {
    const [block = '', action = ''] = field.name.split(' ')
    const type = field.dataset['kind'] ?? ''
    const value =
      field instanceof HTMLSelectElement
        ? { type, selected_option: { value: field.value, text: { type: 'plain_text', text: field.value } } }
        : { type, value: field.value === '' ? null : field.value }
    values[block] = { ...values[block], [action]: value }
  }
  return values
}

function words(text: unknown): string {
  return isJson(text) ? String(text['text'] ?? '') : ''
}
