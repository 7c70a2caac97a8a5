import { go } from './state/talks.ts'
import { isKeysOpen, isKnowsOpen, isListOpen } from './state/view.ts'

/** What keys do wherever one is; inside the field where one writes more of them do something. */
export const keys = [
  ['Enter', 'Send'],
  ['Shift Enter', 'A new line'],
  ['Esc', 'Stop the answer'],
  ['↑', 'Edit your last words, from an empty field'],
  ['Ctrl K', 'Search conversations'],
  ['Alt N', 'A new conversation'],
  ['Alt K', 'What Aeries knows of you'],
  ['/', 'To the field where you write'],
  ['?', 'These keys'],
] as const

export function listenForKeys(): void {
  addEventListener('keydown', event => {
    if (act(event)) event.preventDefault()
  })
}

function act({ key, code, ctrlKey, metaKey, altKey, target }: KeyboardEvent): boolean {
  const isTyping = target instanceof HTMLElement && target.matches('input, textarea, select, [contenteditable]')
  if ((ctrlKey || metaKey) && key.toLowerCase() === 'k') return search()
  // Of Alt with a letter some keyboards make another letter.
  if (altKey && code === 'KeyN') return begin()
  if (altKey && code === 'KeyK') return set(isKnowsOpen)
  if (isTyping || ctrlKey || metaKey || altKey) return false
  if (key === '/') return focus('.composer textarea')
  if (key === '?') return set(isKeysOpen)
  return false
}

function search(): boolean {
  isListOpen.value = true
  return focus('.search input')
}

function begin(): boolean {
  go(undefined)
  return focus('.composer textarea')
}

function set(flag: { value: boolean }): boolean {
  flag.value = !flag.value
  return true
}

/** At once, or the next letters would go elsewhere; and again, for what comes into being only now. */
function focus(selector: string): boolean {
  const take = () => document.querySelector<HTMLElement>(selector)?.focus()
  take()
  requestAnimationFrame(take)
  return true
}
