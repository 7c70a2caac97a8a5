import { spanUntil } from '#src/engine/access/refusal-words.ts'
import type { Command } from './command.ts'

export const quota: Command = {
  verb: 'quota',
  description: 'How much you have asked me, and how much is left.',
  usage: 'quota',
  options: [],
  async run({ access, person, clock }) {
    const { limits, inMinute, inDay, spent, until } = await access.quota(person)
    const now = clock.now()
    const of = (used: number, limit: number) => (limit === 0 ? `${used}, and there is no limit` : `${used} of ${limit}`)
    const share = limits.tokensPerDay === 0 ? undefined : Math.min(100, Math.floor((spent / limits.tokensPerDay) * 100))
    return [
      `In the last minute I answered ${of(inMinute, limits.perMinute)} of your messages, in the last 24 hours ${of(inDay, limits.perDay)}.`,
      ...(until === undefined ? [] : [`I answer you again in ${spanUntil(until, now)}.`]),
      ...(limits.characters === 0
        ? []
        : [`One message may have ${limits.characters.toLocaleString('en')} characters.`]),
      ...(share === undefined ? [] : [`Of what I may say to all people together in a day, ${share} % is used.`]),
      'Answers that you ask for anew count, and so do files.',
    ].join(' ')
  },
}
