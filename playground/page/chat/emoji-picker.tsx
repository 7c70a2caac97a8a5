import type { VNode } from 'preact'
import { useLayoutEffect, useRef, useState } from 'preact/hooks'
import { emoji } from './emoji.ts'

const columns = 8

type PickerProps = Readonly<{ onPick(symbol: string, name: string): void; onClose(): void }>

/** Emoji to choose from: typed for by name, reached by arrows, left by Escape. */
export function EmojiPicker({ onPick, onClose }: PickerProps): VNode {
  const [wanted, setWanted] = useState('')
  const box = useRef<HTMLDivElement>(null)
  const field = useRef<HTMLInputElement>(null)
  useLayoutEffect(() => field.current?.focus(), [])
  const fitting = emojiFor(wanted)
  const move = (event: KeyboardEvent) => {
    if (event.key === 'Escape') {
      event.stopPropagation()
      return onClose()
    }
    const step = { ArrowRight: 1, ArrowLeft: -1, ArrowDown: columns, ArrowUp: -columns }[event.key]
    if (step === undefined) return
    const buttons = [...(box.current?.querySelectorAll<HTMLButtonElement>('button') ?? [])]
    const at = buttons.findIndex(one => one.matches(':focus'))
    if (at < 0 && event.key !== 'ArrowDown') return
    const next = at < 0 ? buttons[0] : buttons[at + step]
    if (next) next.focus()
    else if (event.key === 'ArrowUp') field.current?.focus()
    event.preventDefault()
  }
  return (
    <div class="picker" ref={box} role="dialog" aria-label="Pick a reaction" onKeyDown={move}>
      <input
        ref={field}
        type="text"
        aria-label="Search emoji"
        placeholder="Search"
        value={wanted}
        onInput={({ currentTarget }) => setWanted(currentTarget.value)}
        onKeyDown={({ key, currentTarget }) => {
          // What stands there now: keys may come faster than the list is drawn.
          const [first] = emojiFor(currentTarget.value)
          if (key === 'Enter' && first) onPick(...first)
        }}
      />
      <div class="picker-grid">
        {fitting.map(([symbol, name]) => (
          <button
            key={name}
            type="button"
            aria-label={name.replaceAll('_', ' ')}
            title={name}
            onClick={() => onPick(symbol, name)}
          >
            <span aria-hidden="true">{symbol}</span>
          </button>
        ))}
      </div>
    </div>
  )
}

function emojiFor(wanted: string): typeof emoji {
  return emoji.filter(([, name]) => name.includes(wanted.toLowerCase()))
}
