import { computed, signal } from '@preact/signals'

/** The way to Aeries: there, gone on this side (no network), or gone on the other one. */
export type LineState = 'here' | 'offline' | 'away'

/** As often as somebody who waits is looked for, in ms: soon at first, then less often. */
const firstLookMs = 1_000
const longestLookMs = 10_000

const hasNetwork = signal(navigator.onLine)
const isReached = signal(true)
let waiters: (() => void)[] = []

/** What is known of the line, from every request there was. */
export const line = {
  state: computed<LineState>(() => (!hasNetwork.value ? 'offline' : isReached.value ? 'here' : 'away')),

  found(): void {
    isReached.value = true
    hasNetwork.value = true
    for (const wake of waiters.splice(0)) wake()
  },

  lost(): void {
    isReached.value = false
    hasNetwork.value = navigator.onLine
  },

  /** Waits before the try of that number, or until somebody reached it meanwhile. */
  async pause(tries: number): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>()
    waiters.push(resolve)
    const late = setTimeout(resolve, Math.min(firstLookMs * 2 ** tries, longestLookMs))
    await promise
    clearTimeout(late)
    waiters = waiters.filter(one => one !== resolve)
  },
}

addEventListener('offline', () => {
  hasNetwork.value = false
})
addEventListener('online', () => {
  hasNetwork.value = true
  for (const wake of waiters.splice(0)) wake()
})
