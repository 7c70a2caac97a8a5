const clock = new Intl.DateTimeFormat(undefined, { hour: '2-digit', minute: '2-digit' })
const day = new Intl.DateTimeFormat('en', { day: 'numeric', month: 'short' })
const year = new Intl.DateTimeFormat('en', { day: 'numeric', month: 'short', year: 'numeric' })

/** When something was said, as shortly as it is clear. */
export function timeOf(at: string, now = new Date()): string {
  const time = new Date(at)
  return time.toDateString() === now.toDateString() ? clock.format(time) : `${dayOf(at, now)}, ${clock.format(time)}`
}

export function dayOf(at: string, now = new Date()): string {
  const time = new Date(at)
  return (time.getFullYear() === now.getFullYear() ? day : year).format(time)
}
