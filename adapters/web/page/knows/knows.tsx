import { useComputed, useSignal } from '@preact/signals'
import type { VNode } from 'preact'
import { useEffect, useRef } from 'preact/hooks'
import { talksApi } from '#adapters/web/page/api/talks-api.ts'
import { ToldView } from '#adapters/web/page/chat/told-view.tsx'
import { Dialog } from '#adapters/web/page/dialog.tsx'
import { lookAgain, open, talks } from '#adapters/web/page/state/talks.ts'
import { tried } from '#adapters/web/page/state/toast.ts'
import { isKnowsOpen } from '#adapters/web/page/state/view.ts'
import type { BriefingLine, Told } from '#adapters/web/page/wire.ts'
import { KnownLine } from './known-line.tsx'

/** All that Aeries would keep in mind at the next question, each line to be put right or forgotten. */
export function Knows(): VNode {
  const lines = useSignal<readonly BriefingLine[] | undefined>(undefined)
  const all = useSignal<Told | null>(null)
  // What is known is known everywhere; a question about it is asked in a conversation.
  const talk = useComputed(() => open.value?.id ?? talks.value[0]?.id).value
  const looks = useRef(0)
  const read = () =>
    tried(async () => {
      looks.current += 1
      const look = looks.current
      // What was asked for a moment ago may have taken the conversation away.
      const now = open.peek()?.id ?? talks.peek()[0]?.id
      const known = now === undefined ? [] : await talksApi.briefing(now)
      // A later look knows more.
      if (look === looks.current) lines.value = known
    })
  useEffect(() => void read(), [talk])
  const ask = (verb: string, words = '') =>
    tried(async () => {
      if (talk !== undefined) all.value = await talksApi.command(talk, verb, words)
    })
  return (
    <Dialog title="What Aeries knows of you" kind="sheet" onClose={() => (isKnowsOpen.value = false)}>
      <p class="quiet">
        This goes along with your next question, and nothing else about you does. Nobody but you can see it.
      </p>
      {lines.value?.length === 0 && <p class="knows-none">Nothing yet. Tell her how you like to be talked to.</p>}
      <ul class="knows" aria-label="Known of you">
        {talk !== undefined &&
          lines.value?.map(line => (
            <KnownLine key={`${line.note} ${line.text}`} line={line} talk={talk} onChanged={() => void read()} />
          ))}
      </ul>
      {all.value && (
        <ToldView
          key={all.value.text}
          told={all.value}
          talk={talk ?? ''}
          onTapped={() => void tried(lookAgain).then(read)}
        />
      )}
      {talk !== undefined && (
        <p class="knows-all">
          <button type="button" class="button" onClick={() => void ask('me')}>
            Show every note
          </button>
          <button type="button" class="button button-grave" onClick={() => void ask('forget', 'all')}>
            Forget everything…
          </button>
        </p>
      )}
    </Dialog>
  )
}
