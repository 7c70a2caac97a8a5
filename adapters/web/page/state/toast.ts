import { signal } from '@preact/signals'
import { announce } from '#page/live-region.tsx'

/** Long enough to read a sentence, in ms. */
const standsMs = 5_000

/** A word that stands for a moment. */
export const toast = signal<string | undefined>(undefined)
let leaving: ReturnType<typeof setTimeout> | undefined

export function saySoon(text: string): void {
  clearTimeout(leaving)
  toast.value = text
  announce(text)
  leaving = setTimeout(() => {
    toast.value = undefined
  }, standsMs)
}

/** Does it, and says so kindly when it did not work. */
export async function tried(work: () => Promise<unknown>): Promise<void> {
  try {
    await work()
  } catch (error) {
    saySoon(
      error instanceof Error && error.message !== '' ? error.message : 'That did not work. Try again in a moment.',
    )
  }
}
