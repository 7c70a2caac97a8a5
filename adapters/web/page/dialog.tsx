import type { ComponentChildren, VNode } from 'preact'
import { useEffect, useId, useRef } from 'preact/hooks'
import { IconButton } from './icon-button.tsx'

type Props = Readonly<{
  title: string
  /** A card in the middle, or a sheet at the side. */
  kind: 'card' | 'sheet'
  children: ComponentChildren
  onClose(): void
}>

/** Lies over the page until it is closed; Escape and a click beside it do that too. */
export function Dialog({ title, kind, children, onClose }: Props): VNode {
  const box = useRef<HTMLDialogElement>(null)
  const id = useId()
  useEffect(() => {
    const before = document.activeElement
    box.current?.showModal()
    return () => {
      if (before instanceof HTMLElement) before.focus()
    }
  }, [])
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: Escape closes it, and a button
    <dialog
      ref={box}
      class={`dialog dialog-${kind}`}
      aria-labelledby={id}
      onClose={onClose}
      onClick={event => {
        if (event.target === box.current) box.current?.close()
      }}
    >
      <div class="dialog-inside">
        <header class="dialog-head">
          <h2 id={id}>{title}</h2>
          <IconButton icon="close" name="Close" onClick={() => box.current?.close()} />
        </header>
        {children}
      </div>
    </dialog>
  )
}
