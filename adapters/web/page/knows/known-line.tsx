import { useSignal } from '@preact/signals'
import type { VNode } from 'preact'
import { useLayoutEffect, useRef } from 'preact/hooks'
import { talksApi } from '#adapters/web/page/api/talks-api.ts'
import { dayOf } from '#adapters/web/page/chat/time-of.ts'
import { IconButton } from '#adapters/web/page/icon-button.tsx'
import { saySoon, tried } from '#adapters/web/page/state/toast.ts'
import type { BriefingLine } from '#adapters/web/page/wire.ts'

type Props = Readonly<{ line: BriefingLine; talk: string; onChanged(): void }>

/** One thing that is known, since when, and from which words. */
export function KnownLine({ line, talk, onChanged }: Props): VNode {
  const state = useSignal<'shown' | 'corrected' | 'asked'>('shown')
  const { text, note, since } = line
  const give = (verb: string, words: string) => {
    state.value = 'shown'
    void tried(async () => {
      const told = await talksApi.command(talk, verb, words)
      if (told) saySoon(told.text)
      onChanged()
    })
  }
  return (
    <li class="known">
      <p>{text}</p>
      <p class="known-from">
        {since !== null && <>Since {dayOf(since)}. </>}
        <Ground line={line} />
      </p>
      {note !== null && state.value === 'shown' && (
        <span class="known-tools">
          <IconButton icon="pen" name={`Correct: ${text}`} onClick={() => (state.value = 'corrected')} />
          <IconButton icon="bin" name={`Forget: ${text}`} onClick={() => (state.value = 'asked')} />
        </span>
      )}
      {note !== null && state.value === 'corrected' && (
        <Correct onLeave={() => (state.value = 'shown')} onGive={words => give('correct', `${note} ${words}`)} />
      )}
      {note !== null && state.value === 'asked' && (
        <p class="known-choice">
          <span>Forget it?</span>
          <button type="button" class="button button-grave" onClick={() => give('forget', note)}>
            Forget
          </button>
          <button type="button" class="button" onClick={() => (state.value = 'shown')}>
            Keep
          </button>
        </p>
      )}
    </li>
  )
}

/** What it rests on. */
function Ground({ line: { from, isDefault } }: { line: BriefingLine }): VNode {
  if (from !== null) return <q>{from.quote}</q>
  return <>{isDefault ? 'A default, not learnt from you.' : 'Noticed from how you write and react.'}</>
}

function Correct({ onGive, onLeave }: { onGive(words: string): void; onLeave(): void }): VNode {
  const field = useRef<HTMLInputElement>(null)
  useLayoutEffect(() => field.current?.focus(), [])
  return (
    <form
      class="known-choice"
      onSubmit={event => {
        event.preventDefault()
        const words = field.current?.value.trim() ?? ''
        if (words === '') onLeave()
        else onGive(words)
      }}
    >
      <input ref={field} aria-label="What is so" placeholder="What is so?" maxLength={200} />
      <button type="submit" class="button button-main">
        Put right
      </button>
      <button type="button" class="button" onClick={onLeave}>
        Leave
      </button>
    </form>
  )
}
