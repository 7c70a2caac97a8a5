import { useSignal } from '@preact/signals'
import type { VNode } from 'preact'
import { useLayoutEffect, useRef } from 'preact/hooks'
import { Dialog } from '#adapters/web/page/dialog.tsx'
import { IconButton } from '#adapters/web/page/icon-button.tsx'
import { drop, go, open, rename } from '#adapters/web/page/state/talks.ts'
import { tried } from '#adapters/web/page/state/toast.ts'
import { isListOpen } from '#adapters/web/page/state/view.ts'
import type { Talk } from '#adapters/web/page/wire.ts'

/** One conversation in the list: opens it, and lets one name it anew or forget it. */
export function TalkItem({ talk }: { talk: Talk }): VNode {
  const [isNaming, isAsking] = [useSignal(false), useSignal(false)]
  const isOpen = open.value?.id === talk.id
  const title = talk.title === '' ? 'Nothing said yet' : talk.title
  if (isNaming.value) return <NameField talk={talk} onDone={() => (isNaming.value = false)} />
  return (
    <li class="talk-item" data-open={isOpen}>
      <button
        type="button"
        class="talk-link"
        aria-current={isOpen ? 'page' : undefined}
        onDblClick={() => (isNaming.value = true)}
        onClick={() => {
          isListOpen.value = false
          go(talk.id)
        }}
      >
        <span class="talk-title">{title}</span>
        {talk.excerpt && <span class="talk-excerpt">{talk.excerpt}</span>}
      </button>
      <span class="talk-tools">
        <IconButton icon="pen" name={`Rename ${title}`} onClick={() => (isNaming.value = true)} />
        <IconButton icon="bin" name={`Delete ${title}`} onClick={() => (isAsking.value = true)} />
      </span>
      {isAsking.value && (
        <Dialog title="Delete this conversation?" kind="card" onClose={() => (isAsking.value = false)}>
          <p>“{title}” goes for good, and so does what Aeries learnt from it. Other conversations stay as they are.</p>
          <p class="dialog-choice">
            <button type="button" class="button" onClick={() => (isAsking.value = false)}>
              Keep it
            </button>
            <button
              type="button"
              class="button button-grave"
              onClick={() => {
                isAsking.value = false
                void tried(() => drop(talk.id))
              }}
            >
              Delete
            </button>
          </p>
        </Dialog>
      )}
    </li>
  )
}

function NameField({ talk, onDone }: { talk: Talk; onDone(): void }): VNode {
  const field = useRef<HTMLInputElement>(null)
  const isDone = useRef(false)
  useLayoutEffect(() => field.current?.select(), [])
  const done = (takes: boolean) => {
    if (isDone.current) return
    isDone.current = true
    const title = field.current?.value.trim() ?? ''
    if (takes && title !== talk.title) void tried(() => rename(talk.id, title))
    onDone()
  }
  return (
    <li class="talk-item" data-open="true">
      <input
        ref={field}
        class="talk-name"
        aria-label="Name of the conversation"
        maxLength={200}
        defaultValue={talk.title}
        onBlur={() => done(true)}
        onKeyDown={({ key }) => {
          if (key === 'Enter') done(true)
          else if (key === 'Escape') done(false)
        }}
      />
    </li>
  )
}
