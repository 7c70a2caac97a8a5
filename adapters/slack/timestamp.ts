/** When a message was said, by the name that Slack gave it: "seconds.microseconds", of which a `Date` keeps the milliseconds. */
export function timeOf(ts: string): Date {
  const [seconds = '0', fraction = ''] = ts.split('.')
  return new Date(Number(seconds) * 1_000 + Number(fraction.slice(0, 3).padEnd(3, '0')))
}

/** The name that a message of that time would have at least. */
export function tsAt(time: Date): string {
  const ms = time.getTime()
  return `${Math.floor(ms / 1_000)}.${String(ms % 1_000).padStart(3, '0')}000`
}

/** The last name before a message's own: lists leave out the message that they begin behind. */
export function justBefore(ts: string): string {
  const [seconds = '0', fraction = ''] = ts.split('.')
  const micros = Number(seconds) * 1_000_000 + Number(fraction.padEnd(6, '0')) - 1
  return `${Math.floor(micros / 1_000_000)}.${String(micros % 1_000_000).padStart(6, '0')}`
}

/** Below 0 when the first one was said before. All have the same number of digits until the year 2286, unless people wrote them. */
export function compareTs(one: string, other: string): number {
  const [seconds = '', fraction = ''] = one.split('.')
  const [otherSeconds = '', otherFraction = ''] = other.split('.')
  return (
    Number(seconds) - Number(otherSeconds) || Number(fraction.padEnd(6, '0')) - Number(otherFraction.padEnd(6, '0'))
  )
}
