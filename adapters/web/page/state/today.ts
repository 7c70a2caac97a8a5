import { signal } from '@preact/signals'

type Page = Readonly<{ addEventListener(name: 'visibilitychange', heard: () => void): void }>

/** A moment of the day that it is: what is told by days changes at midnight, also where nobody touches the page. */
export const today = signal(new Date())

/** Looks at midnight, and when somebody comes back to a page that slept over it. Without an end. */
export function followDays(page: Page): void {
  page.addEventListener('visibilitychange', look)
  wait()
}

function look(): void {
  const now = new Date()
  if (now.toDateString() !== today.value.toDateString()) today.value = now
}

function wait(): void {
  const now = new Date()
  const midnight = new Date(now.getFullYear(), now.getMonth(), now.getDate() + 1)
  setTimeout(() => {
    look()
    wait()
  }, midnight.getTime() - now.getTime())
}
