import type { Refusal } from './decide.ts'

const minuteMs = 60_000
const hourMs = 60 * minuteMs

/** What somebody is told who gets no answer: kindly, why, and when or how they will. */
export function refusalWords(refusal: Refusal, now: Date): string {
  switch (refusal.why) {
    case 'minute':
      return `That is a lot at once: I answer ${refusal.limit} messages a minute. Ask me again in ${spanUntil(refusal.until, now)}, and I am all ears.`
    case 'day':
      return `We have talked a lot today: I answer ${refusal.limit} messages a day for each person. I am there for you again in ${spanUntil(refusal.until, now)}.`
    case 'length':
      return `That is more than I can read at once: ${count(refusal.characters)} characters, and I take ${count(refusal.limit)}. Send me the part that matters most.`
    case 'budget':
      return 'I have said all that I may say today, to everybody together. Try me again in some hours.'
    case 'stranger':
      return 'I am here for the people of this workspace. Ask one of its admins to let me talk with you, and I will gladly.'
    case 'place not listed':
      return 'I am not allowed to talk here. Whoever runs me can change that.'
    case 'person not listed':
      return 'I am not allowed to talk with everybody. Whoever runs me can put you on the list.'
    default:
      return refusal satisfies never
  }
}

/** Rounded up: who comes back then finds the door open. */
export function spanUntil(until: Date, now: Date): string {
  const ms = Math.max(1_000, until.getTime() - now.getTime())
  if (ms <= 90_000) return plural(Math.ceil(ms / 1_000), 'second')
  if (ms <= 90 * minuteMs) return plural(Math.ceil(ms / minuteMs), 'minute')
  return plural(Math.ceil(ms / hourMs), 'hour')
}

function plural(many: number, what: string): string {
  return `${many} ${what}${many === 1 ? '' : 's'}`
}

function count(many: number): string {
  return many.toLocaleString('en')
}
