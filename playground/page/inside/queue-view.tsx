import type { VNode } from 'preact'
import { happenings, queue } from '#playground/page/state/inside-store.ts'
import { Fact } from './fact.tsx'

/** What waits to be learnt from, and what came of the last exchanges that were read. */
export function QueueView(): VNode {
  const observed = happenings.value.flatMap(({ name, data }) =>
    name === 'telling' && data.telling.type === 'observed' ? [data.telling] : [],
  )
  return (
    <section class="queue" aria-label="The observer's queue">
      <h3>The observer's queue</h3>
      <div class="facts">
        <Fact name="exchanges wait" value={String(queue.value?.waiting ?? '–')} />
        <Fact name="given up" value={String(queue.value?.dead ?? '–')} />
        <Fact name="learnt from" value={String(observed.filter(({ outcome }) => outcome === 'learnt').length)} />
      </div>
      <ul class="chips">
        {observed.slice(-6).map(({ outcome, reason }, at) => (
          <li key={at} data-outcome={outcome}>
            {outcome}
            {reason !== 'none' && <small> {reason}</small>}
          </li>
        ))}
      </ul>
    </section>
  )
}
