import { signal } from '@preact/signals'
import type { VNode } from 'preact'
import { useLayoutEffect, useRef } from 'preact/hooks'
import { act } from '#playground/page/state/act.ts'
import type { ChatStore } from '#playground/page/state/chat-store.ts'
import { interactions } from '#playground/page/state/inside-store.ts'
import { meOn } from '#playground/page/state/stores.ts'
import type { Json } from '#playground/page/wire.ts'

/** Forms that were sent or left. */
const closed = signal<ReadonlySet<string>>(new Set())
const paragraph = 2

/** The form that the app answered the speaker's last interaction with. */
export function DiscordForm({ store }: { store: ChatStore }): VNode | null {
  const me = meOn(store)?.id
  const box = useRef<HTMLFormElement>(null)
  const form = [...interactions.value.values()].findLast(
    ({ id, person, shown }) => person === me && shown?.['custom_id'] !== undefined && !closed.value.has(id),
  )
  const id = form?.id
  useLayoutEffect(() => {
    if (id !== undefined) box.current?.querySelector<HTMLElement>('input, textarea')?.focus()
  }, [id])
  if (form?.shown === undefined) return null
  const { shown } = form
  const close = () => {
    closed.value = new Set(closed.value).add(form.id)
  }
  const send = () => {
    const fields = [...(box.current?.querySelectorAll<HTMLInputElement>('[name]') ?? [])]
    const given = Object.fromEntries(fields.map(({ name, value }) => [name, value]))
    void act('discord', 'submit', { interaction: form.id, fields: given })
    close()
  }
  return (
    <div class="modal-shade" role="dialog" aria-modal="true" aria-label={String(shown['title'])}>
      <form
        class="modal"
        ref={box}
        onKeyDown={({ key }) => key === 'Escape' && close()}
        onSubmit={event => {
          event.preventDefault()
          send()
        }}
      >
        <p class="block-header">{String(shown['title'])}</p>
        {listOf(shown['components']).flatMap(row =>
          listOf(row['components']).map(input => <Field key={String(input['custom_id'])} input={input} />),
        )}
        <p class="component-row">
          <button type="submit" class="component-button" data-style="primary">
            Submit
          </button>
          <button type="button" class="component-button" onClick={close}>
            Cancel
          </button>
        </p>
      </form>
    </div>
  )
}

function Field({ input }: { input: Json }): VNode {
  const name = String(input['custom_id'])
  const shared = {
    id: name,
    name,
    required: input['required'] !== false,
    placeholder: String(input['placeholder'] ?? ''),
  }
  const value = String(input['value'] ?? '')
  return (
    <div class="block-input">
      <label htmlFor={name}>{String(input['label'])}</label>
      {input['style'] === paragraph ? (
        <textarea {...shared} rows={4} defaultValue={value} />
      ) : (
        <input {...shared} type="text" defaultValue={value} />
      )}
    </div>
  )
}

function listOf(value: unknown): readonly Json[] {
  return Array.isArray(value) ? (value as readonly Json[]) : []
}
