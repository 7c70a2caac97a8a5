/** A day and an hour in words, on somebody's clock. */
export type ToldTime = Readonly<{ day: string; hour: string }>

type Formats = Readonly<{ day: Intl.DateTimeFormat; hour: Intl.DateTimeFormat }>

/**
 * The time for the model: by the asker's own clock, if they told where it stands (an IANA name, or `UTC+02:00`), else by the zone of the
 * settings. Pure.
 */
export function tellTime(now: Date, timeZone: string, theirs: string | undefined): ToldTime {
  const their = theirs === undefined ? undefined : formatsOf(theirs)
  const { day, hour } = their ?? formatsOf(timeZone) ?? utc
  const where = their ? `${theirs}, their time` : timeZone
  return { day: day.format(now), hour: `${hour.format(now)} (${where})` }
}

/** To make one takes a hundred times as long as to use it. There are no more than zones in the world. */
const formats = new Map<string, Formats>()

/** `undefined`: there is no such zone. */
function formatsOf(zone: string): Formats | undefined {
  const known = formats.get(zone)
  if (known) return known
  const timeZone = zone.replace(/^UTC(?=[+-])/, '')
  try {
    const made = formatsIn(timeZone)
    formats.set(zone, made)
    return made
  } catch (error) {
    if (error instanceof RangeError) return undefined
    throw error
  }
}

function formatsIn(timeZone: string): Formats {
  return {
    day: new Intl.DateTimeFormat('en-GB', { dateStyle: 'full', timeZone }),
    hour: new Intl.DateTimeFormat('en-GB', { timeStyle: 'short', timeZone }),
  }
}

const utc = formatsIn('UTC')
