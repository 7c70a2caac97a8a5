import { signal } from '@preact/signals'

/** On a narrow window the list of conversations lies over the talk. */
export const isListOpen = signal(false)
export const isKnowsOpen = signal(false)
export const isKeysOpen = signal(false)
