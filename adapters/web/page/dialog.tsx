import type { ComponentChildren, VNode } from 'preact'
import { useId, useLayoutEffect, useRef } from 'preact/hooks'
import { IconButton } from './icon-button.tsx'

type Props = Readonly<{
  title: string
  /** A card in the middle, or a sheet at the side. */
  kind: 'card' | 'sheet'
  children: ComponentChildren
  onClose(): void
}>

/** Lies over the page until it is closed; Escape and a click beside it do that too, and at once: the next key is for what was under it. */
export function Dialog({ title, kind, children, onClose }: Props): VNode {
  const box = useRef<HTMLDialogElement>(null)
  const id = useId()
  useLayoutEffect(() => {
    const dialog = box.current
    dialog?.showModal()
    // Gives the focus back to where it was before.
    return () => dialog?.close()
  }, [])
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: Escape closes it, and a button
    <dialog
      ref={box}
      class={`dialog dialog-${kind}`}
      aria-labelledby={id}
      onCancel={event => {
        event.preventDefault()
        onClose()
      }}
      onClose={({ currentTarget }) => {
        // A browser that does not ask first closes it by itself. It tells so late: what is gone by then has no say any more.
        if (currentTarget.isConnected) onClose()
      }}
      onClick={event => {
        if (event.target === box.current) onClose()
      }}
    >
      <div class="dialog-inside">
        <header class="dialog-head">
          <h2 id={id}>{title}</h2>
          <IconButton icon="close" name="Close" onClick={onClose} />
        </header>
        {children}
      </div>
    </dialog>
  )
}
