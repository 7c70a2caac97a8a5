import { useSignal } from '@preact/signals'
import type { VNode } from 'preact'
import { IconButton } from '#adapters/web/page/icon-button.tsx'
import { tried } from '#adapters/web/page/state/toast.ts'
import { announce } from '#page/live-region.tsx'

/** The sign that it was done stands for so long, in ms. */
const signMs = 1_500

export function CopyButton({ text, name }: { text: string; name: string }): VNode {
  const isCopied = useSignal(false)
  const copy = async () => {
    await navigator.clipboard.writeText(text)
    isCopied.value = true
    announce('Copied')
    setTimeout(() => {
      isCopied.value = false
    }, signMs)
  }
  return <IconButton icon={isCopied.value ? 'check' : 'copy'} name={name} onClick={() => void tried(copy)} />
}
