import type { VNode } from 'preact'
import { happenings, queue } from '#playground/page/state/inside-store.ts'
import type { Json } from '#playground/page/wire.ts'
import { Fact } from './fact.tsx'

/** What waits to be learnt from, and what came of the last exchanges that were read. */
export function QueueView(): VNode {
  const now = (queue.value?.data ?? {}) as Readonly<{ waiting?: number; dead?: number }>
  const observed = happenings.value.flatMap(({ name, data }) => {
    const telling = name === 'telling' && 'telling' in data ? (data['telling'] as Json) : {}
    return telling['type'] === 'observed' ? [telling] : []
  })
  return (
    <section class="queue" aria-label="The observer's queue">
      <h3>The observer's queue</h3>
      <div class="facts">
        <Fact name="exchanges wait" value={queue.value === undefined ? '–' : String(now.waiting ?? 0)} />
        <Fact name="given up" value={queue.value === undefined ? '–' : String(now.dead ?? 0)} />
        <Fact name="learnt from" value={String(observed.filter(one => one['outcome'] === 'learnt').length)} />
      </div>
      <ul class="chips">
        {observed.slice(-6).map((one, at) => (
          <li key={at} data-outcome={one['outcome']}>
            {String(one['outcome'])}
            {one['reason'] !== 'none' && <small> {String(one['reason'])}</small>}
          </li>
        ))}
      </ul>
    </section>
  )
}
