import { expect, it } from 'vitest'
import { reaction } from '#adapters/slack/happenings.ts'
import { Moments } from '#adapters/slack/moments.ts'
import { aScene } from './a-message.ts'

it('a reaction that is given and taken back within a millisecond keeps that order, whichever is heard first', () => {
  const moments = new Moments()
  const scene = aScene({ momentOf: (channel, ts) => moments.at(channel, ts) })
  const item = { type: 'message', channel: 'CGARDEN', ts: '1700000000.000100' } as const
  const told = (change: 'added' | 'removed', event_ts: string) =>
    reaction(
      { user: 'UMIRA', reaction: 'repeat', item_user: 'UAERIES', event_ts, item },
      change,
      { id: `Ev${event_ts}`, external: false },
      scene,
    )?.at.getTime() ?? 0
  const given = told('added', '1700000007.000200')
  expect(told('removed', '1700000007.000100')).toBeLessThan(given)
})
