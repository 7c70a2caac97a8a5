import type { VNode } from 'preact'
import { about, lines } from '#playground/page/state/inside-store.ts'

/** What the service says, newest first. */
export function LogTab(): VNode {
  return (
    <>
      <p class="hint">All of it: {about.value?.log}</p>
      <ol class="log">
        {lines.value.toReversed().map(({ level, at, part, words }, index) => (
          <li key={index} data-level={level}>
            <time>{new Date(at).toLocaleTimeString('en-GB')}</time> <span class="log-part">{part}</span>{' '}
            <span>{words}</span>
          </li>
        ))}
      </ol>
    </>
  )
}
