import { afterAll, describe, expect, it } from 'vitest'
import { days } from '#adapters/web/page/side/days.ts'

const before = process.env['TZ']
afterAll(() => {
  if (before === undefined) delete process.env['TZ']
  else process.env['TZ'] = before
})

const hourMs = 3_600_000
const aTalk = (at: Date | number) => ({ id: `${+at}`, title: '', begunAt: '', lastAt: new Date(at).toISOString() })
const labelOf = (at: Date | number, now: Date | number) => days([aTalk(at)], new Date(now))[0]?.label

/** The day that a calendar on the wall shows there, counted from a day long ago. */
function calendarIn(timeZone: string): (at: number) => number {
  const written = new Intl.DateTimeFormat('en-CA', { timeZone })
  return at => Date.parse(written.format(at)) / (24 * hourMs)
}

function toldOf(ago: number): string | undefined {
  if (ago <= 0) return 'Today'
  if (ago === 1) return 'Yesterday'
  if (ago < 7) return 'The last 7 days'
  return ago < 30 ? 'The last 30 days' : undefined
}

// Clocks go forward and back in these weeks; in Cairo and Santiago at midnight, so that a day begins at one o'clock.
describe.each([
  ['America/New_York', '2026-03-08', '2026-11-01'],
  ['Europe/Berlin', '2026-03-29', '2026-10-25'],
  ['Africa/Cairo', '2026-04-24', '2026-10-30'],
  ['America/Santiago', '2026-09-06', '2026-04-05'],
  ['Australia/Lord_Howe', '2026-10-04', '2026-04-05'],
  ['Asia/Kathmandu', '2026-01-01', '2026-03-01'],
  ['Pacific/Kiritimati', '2026-01-01', '2028-02-29'],
])('days in %s', (timeZone, ...changes) => {
  it.each(changes)('are those of the calendar there, around %s', change => {
    process.env['TZ'] = timeZone
    const dayOf = calendarIn(timeZone)
    const middle = Date.parse(`${change}T12:00:00Z`)
    for (let now = middle - 36 * hourMs; now <= middle + 36 * hourMs; now += hourMs) {
      for (let at = now; at > now - 29 * 24 * hourMs; at -= 31 * hourMs) {
        const ago = dayOf(now) - dayOf(at)
        expect(labelOf(at, now), `${new Date(at).toISOString()} at ${new Date(now).toISOString()}`).toBe(toldOf(ago))
      }
    }
  })

  it('end at midnight', () => {
    process.env['TZ'] = timeZone
    const midnight = new Date(2026, 5, 17)
    expect(labelOf(midnight.getTime() - 1, midnight)).toBe('Yesterday')
    expect(labelOf(midnight, midnight)).toBe('Today')
    expect(labelOf(midnight.getTime() - 1, midnight.getTime() - 1)).toBe('Today')
    expect(labelOf(midnight.getTime() + 24 * hourMs - 1, midnight)).toBe('Today')
  })
})

describe('conversations by their days', () => {
  it('are told by month once they are older, and by year once that is another one', () => {
    process.env['TZ'] = 'UTC'
    const now = Date.UTC(2026, 10, 23, 12)
    const talks = [0, 1, 6, 7, 29, 30, 60, 330, 360].map(ago => aTalk(now - ago * 24 * hourMs))
    expect(days(talks, new Date(now)).map(({ label, talks: own }) => [label, own.length])).toEqual([
      ['Today', 1],
      ['Yesterday', 1],
      ['The last 7 days', 1],
      ['The last 30 days', 2],
      ['October', 1],
      ['September', 1],
      ['December 2025', 1],
      ['November 2025', 1],
    ])
  })

  it('keep their order, and those of a clock that goes ahead are of today', () => {
    const now = Date.UTC(2026, 10, 23, 12)
    const talks = [-5, 0, 1].map(hours => aTalk(now - hours * hourMs))
    expect(days(talks, new Date(now))).toEqual([{ label: 'Today', talks }])
    expect(days([], new Date(now))).toEqual([])
  })
})
