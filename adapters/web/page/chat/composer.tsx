import type { VNode } from 'preact'
import { useLayoutEffect, useRef } from 'preact/hooks'
import { Icon } from '#adapters/web/page/icon.tsx'
import { stopAnswer } from '#adapters/web/page/state/change-answer.ts'
import { draft } from '#adapters/web/page/state/draft.ts'
import { editing } from '#adapters/web/page/state/editing.ts'
import type { OpenTalk } from '#adapters/web/page/state/open-talk.ts'
import { say } from '#adapters/web/page/state/talks.ts'
import { tried } from '#adapters/web/page/state/toast.ts'

/** Where one writes: Enter sends, Shift+Enter breaks the line, Escape stops the answer, and ↑ takes the last words up again. */
export function Composer({ talk }: { talk: OpenTalk | undefined }): VNode {
  const field = useRef<HTMLTextAreaElement>(null)
  const text = draft(talk?.id ?? '')
  const isAnswering = talk?.isAnswering.value ?? false
  const hasFinePointer = matchMedia('(pointer: fine)').matches
  useLayoutEffect(() => {
    // On a phone the keyboard would cover what was just opened; and whoever writes elsewhere already goes on there.
    const isWriting = document.activeElement?.matches('input, textarea') ?? false
    if (hasFinePointer && !isWriting) field.current?.focus()
  }, [talk?.id])
  const send = () => {
    const words = text.value.trim()
    if (words === '') return
    text.value = ''
    void tried(async () => {
      try {
        await say(words)
      } catch (error) {
        // Above what was written since.
        text.value = `${words}\n${text.peek()}`.trimEnd()
        throw error
      }
    })
  }
  const stop = () => {
    const open = talk?.turns.peek().findLast(one => one.isOpen)
    if (open) void tried(() => stopAnswer(open))
  }
  const press = (event: KeyboardEvent) => {
    const { key, shiftKey, isComposing } = event
    const last = talk?.last.peek()
    if (key === 'Enter' && !shiftKey && !isComposing) send()
    else if (key === 'Escape' && isAnswering) stop()
    else if (key === 'ArrowUp' && text.value === '' && last?.question.peek()?.state === 'sent' && !isAnswering) {
      editing.value = last
    } else return
    event.preventDefault()
  }
  return (
    <form
      class="composer"
      onSubmit={event => {
        event.preventDefault()
        send()
      }}
    >
      <div class="composer-box">
        <textarea
          ref={field}
          id="write"
          rows={1}
          aria-label="Message Aeries"
          placeholder="Message Aeries"
          value={text.value}
          onInput={({ currentTarget }) => (text.value = currentTarget.value)}
          onKeyDown={press}
        />
        {isAnswering && text.value.trim() === '' ? (
          <button type="button" class="composer-send" data-stop="true" title="Stop (Esc)" onClick={stop}>
            <Icon name="stop" />
            <span class="unseen">Stop</span>
          </button>
        ) : (
          <button type="submit" class="composer-send" title="Send (Enter)" disabled={text.value.trim() === ''}>
            <Icon name="send" />
            <span class="unseen">Send</span>
          </button>
        )}
      </div>
      <p class="composer-hint">Aeries can be wrong. What matters is worth a second look.</p>
    </form>
  )
}
