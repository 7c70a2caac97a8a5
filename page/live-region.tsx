import { signal } from '@preact/signals'
import type { VNode } from 'preact'

/** One region a page. The text of a message comes into it whole and once, whatever was edited before. */
const said = signal<Readonly<{ text: string; count: number }>>({ text: '', count: 0 })

/** Lets a screen reader say this once what it is saying now is over. */
export function announce(text: string): void {
  said.value = { text, count: said.value.count + 1 }
}

/** Where announcements are heard. Seen by nobody. */
export function LiveRegion(): VNode {
  const { text, count } = said.value
  return (
    <div class="unseen" role="status" aria-live="polite" aria-atomic="true">
      <span key={count}>{text}</span>
    </div>
  )
}
