import type { VNode } from 'preact'
import type { BucketView } from '#playground/page/inside-view.ts'
import { budget, writes } from '#playground/page/state/inside-store.ts'
import { stores } from '#playground/page/state/stores.ts'
import type { PlatformName } from '#playground/page/wire.ts'

/** More slots than that are told in figures. */
const mostDots = 12

/** The write budget with its slots, and every write as the platform met it. */
export function WritesTab(): VNode {
  return (
    <>
      <h3>The write budget</h3>
      {budget.value.length === 0 && <p class="hint">All idle: every bucket is full.</p>}
      <ul class="buckets">
        {budget.value.map(bucket => (
          <BucketItem key={bucket.name} bucket={bucket} />
        ))}
      </ul>
      <h3>Writes, newest first</h3>
      <div class="table-box">
        <table class="writes">
          <thead>
            <tr>
              <th scope="col">at</th>
              <th scope="col">what</th>
              <th scope="col">status</th>
              <th scope="col">its words end</th>
            </tr>
          </thead>
          <tbody>
            {writes.value
              .slice(-60)
              .toReversed()
              .map((write, at) => (
                <tr
                  key={at}
                  data-status={write.status === 429 ? 'limit' : write.status < 400 && write.status > 0 ? 'ok' : 'bad'}
                >
                  <td>{clock(write.at)}</td>
                  <td>
                    {write.what
                      .replace('POST /channels/messages', 'post')
                      .replace('PATCH /channels/messages', 'edit')
                      .replace('POST /channels/', '')
                      .replace('chat.', '')
                      .replace('assistant.threads.', '')}
                  </td>
                  <td>{write.status === 0 ? 'cut' : write.status}</td>
                  <td title={placeOf(write.platform, write.place)}>
                    <bdi>{write.words}</bdi>
                  </td>
                </tr>
              ))}
          </tbody>
        </table>
      </div>
    </>
  )
}

function BucketItem({ bucket }: { bucket: BucketView }): VNode {
  const { name, limit, remaining, resetInMs, blockedForMs, inFlight, waiting } = bucket
  const dots = Array.from({ length: Math.min(limit, mostDots) }, (_, at) =>
    at < remaining ? 'free' : at < remaining + inFlight ? 'flying' : 'used',
  )
  return (
    <li>
      <p class="bucket-name">{readable(name)}</p>
      <p class="slots">
        <span class="unseen">{`${remaining} of ${limit} writes left`}</span>
        {dots.map((state, at) => (
          <i key={at} data-state={state} aria-hidden="true" />
        ))}
        {limit > mostDots && <small>{`${remaining} / ${limit}`}</small>}
        <small>
          {blockedForMs > 0
            ? `429: blocked for ${(blockedForMs / 1_000).toFixed(1)} s`
            : resetInMs > 0
              ? `full again in ${(resetInMs / 1_000).toFixed(1)} s`
              : ''}
        </small>
      </p>
      {waiting.length > 0 && <p class="waiting">{`waiting: ${waiting.join(', ')}`}</p>}
    </li>
  )
}

/** Buckets are named by ids, of which people know the names. */
function readable(name: string): string {
  let words = name
  for (const store of Object.values(stores)) {
    for (const place of store.scene.value?.places ?? []) {
      words = words.replaceAll(place.id, place.kind === 'dm' ? 'DM' : `#${place.name}`)
    }
  }
  return words
}

function placeOf(platform: PlatformName, place: string | undefined): string {
  const found = stores[platform].placeOf(place)
  return found === undefined ? platform : `${platform} ${found.kind === 'dm' ? 'DM' : `#${found.name}`}`
}

function clock(ms: number): string {
  const date = new Date(ms)
  return `${date.toLocaleTimeString('en-GB')}.${String(date.getMilliseconds()).padStart(3, '0')}`
}
