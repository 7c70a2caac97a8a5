import { batch } from '@preact/signals'
import { focusOn, writeField } from './focus-on.ts'
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
  if (key === '/') return to(writeField)
  if (key === '?') return set(isKeysOpen)
  return false
}

function search(): boolean {
  leaveDialogs()
  isListOpen.value = true
  return to('.search input')
}

function begin(): boolean {
  leaveDialogs()
  go(undefined)
  return to(writeField)
}

/** What they lie over cannot be written in. */
function leaveDialogs(): void {
  batch(() => {
    isKnowsOpen.value = false
    isKeysOpen.value = false
  })
}

function set(flag: { value: boolean }): boolean {
  flag.value = !flag.value
  return true
}

function to(selector: string): boolean {
  focusOn(selector)
  return true
}
