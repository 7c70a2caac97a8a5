import { z } from 'zod'

/** What is set, by the names of the settings, before any of it is read. */
export type Given = Readonly<Record<string, string | undefined>>

const number = z.coerce.number({ error: 'must be a number' })
/** A timer that is set to more goes off at once (https://nodejs.org/api/timers.html#settimeoutcallback-delay-args). */
export const longestMs = 2_147_483_647
export const milliseconds = number
  .int('must be whole milliseconds')
  .positive('must be more than 0')
  .max(longestMs, `must be at most ${longestMs} (24 days)`)

export function whole(least: number, most: number) {
  return between(least, most).int('must be a whole number')
}

export function between(least: number, most: number) {
  return number.min(least, `must be at least ${least}`).max(most, `must be at most ${most}`)
}

/** 0 takes a free one, which the log tells. */
export const port = whole(0, 65_535)

export const yesOrNo = z.stringbool({ error: 'must be 0 or 1' })

export function oneOf<const Words extends readonly string[]>(words: Words) {
  return z.enum(words, `must be one of ${words.join(', ')}`)
}

/** Goes into a header as it is, which takes no blanks and nothing but ASCII. */
export const secret = z.string().regex(/^[\x21-\x7e]+$/, 'must be printable ASCII without blanks: copy it once more')

const loopback = ['127.0.0.1', '::1', 'localhost']

/** Whether a server that listens there is for this machine alone. */
export function isLoopback(host: string): boolean {
  return loopback.includes(host)
}
