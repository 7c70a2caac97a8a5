import { useComputed } from '@preact/signals'
import type { VNode } from 'preact'
import { useLayoutEffect, useRef } from 'preact/hooks'
import { focusOn, writeField } from '#adapters/web/page/focus-on.ts'
import { IconButton } from '#adapters/web/page/icon-button.tsx'
import { editQuestion } from '#adapters/web/page/state/change-answer.ts'
import { editing } from '#adapters/web/page/state/editing.ts'
import type { OpenTalk } from '#adapters/web/page/state/open-talk.ts'
import { tried } from '#adapters/web/page/state/toast.ts'
import type { Question, Turn } from '#adapters/web/page/state/turn.ts'
import { CopyButton } from './copy-button.tsx'
import { timeOf } from './time-of.ts'

type Props = Readonly<{ talk: OpenTalk; turn: Turn; question: Question; isLast: boolean }>

/** What somebody said. The newest words can be changed, and are answered anew then. */
export function QuestionView({ talk, turn, question, isLast }: Props): VNode {
  const isEdited = useComputed(() => editing.value === turn).value
  const { text, at, state, messageId } = question
  const canEdit = isLast && messageId !== undefined && !talk.isAnswering.value
  return (
    <article class="question" aria-label="You" data-state={state}>
      {isEdited ? (
        <EditBox talk={talk} turn={turn} question={question} />
      ) : (
        <>
          <p class="question-text">{text}</p>
          <div class="tools tools-end">
            <time dateTime={at}>{state === 'kept' ? 'Kept: goes out when Aeries is there' : timeOf(at)}</time>
            <CopyButton text={text} name="Copy your words" />
            {canEdit && <IconButton icon="pen" name="Edit your words" onClick={() => (editing.value = turn)} />}
          </div>
        </>
      )}
    </article>
  )
}

function EditBox({ talk, turn, question }: Omit<Props, 'isLast'>): VNode {
  const field = useRef<HTMLTextAreaElement>(null)
  useLayoutEffect(() => {
    const box = field.current
    box?.focus()
    box?.setSelectionRange(box.value.length, box.value.length)
  }, [])
  const send = () => {
    editing.value = undefined
    void tried(() => editQuestion(talk, turn, field.current?.value.trim() ?? ''))
  }
  return (
    <form
      class="edit"
      onSubmit={event => {
        event.preventDefault()
        send()
      }}
    >
      <textarea
        ref={field}
        aria-label="Your words"
        defaultValue={question.text}
        onKeyDown={event => {
          if (event.key === 'Escape') editing.value = undefined
          else if (event.key === 'Enter' && !event.shiftKey && !event.isComposing) send()
          else return
          event.preventDefault()
          focusOn(writeField)
        }}
      />
      <p class="edit-choice">
        <button type="button" class="button" onClick={() => (editing.value = undefined)}>
          Leave it
        </button>
        <button type="submit" class="button button-main">
          Ask anew
        </button>
      </p>
    </form>
  )
}
