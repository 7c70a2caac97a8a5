import { useSignal } from '@preact/signals'
import type { VNode } from 'preact'
import { talksApi } from '#adapters/web/page/api/talks-api.ts'
import { tried } from '#adapters/web/page/state/toast.ts'
import type { Told } from '#adapters/web/page/wire.ts'
import { readMarkdown } from '#page/read-markdown.ts'
import { RichView } from '#page/rich-view.tsx'
import { FileView } from './file-view.tsx'

type Props = Readonly<{ told: Told; talk: string; onTapped?(): void }>

/** Words for oneself alone, and what one may do about them. What a tap brings takes their place. */
export function ToldView({ told, talk, onTapped }: Props): VNode {
  const now = useSignal(told)
  const isBusy = useSignal(false)
  const { text, buttons = [], file } = now.value
  const tap = async (action: string) => {
    isBusy.value = true
    // A tap names a message of the talk; of which of them is of no account here.
    const answer = await talksApi.tap(`web:-:${talk}/0`, action).finally(() => (isBusy.value = false))
    if (answer) now.value = answer
    onTapped?.()
  }
  return (
    <div class="told">
      <div class="rich">
        <RichView blocks={readMarkdown(text)} />
      </div>
      {file && <FileView {...file} />}
      {buttons.length > 0 && (
        <p class="told-choice">
          {buttons.map(({ action, label }) => (
            <button
              key={action}
              type="button"
              class="button"
              disabled={isBusy.value}
              onClick={() => void tried(() => tap(action))}
            >
              {label}
            </button>
          ))}
        </p>
      )}
    </div>
  )
}
