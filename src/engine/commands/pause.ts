import { type Command, howToWrite } from './command.ts'
import { nobodyLearns } from './learning.ts'
import { forThisAccount } from './linked-words.ts'
import { tellTime } from './tell-date.ts'

const hourMs = 3_600_000
const spans = new Map([
  ['hour', hourMs],
  ['day', 24 * hourMs],
  ['week', 7 * 24 * hourMs],
  ['off', 0],
])

export const pause: Command = {
  verb: 'pause',
  description: 'I learn nothing from you for a while.',
  usage: 'pause hour | day | week | off',
  options: [{ name: 'long', description: 'For how long; off ends it.', isRequired: true, choices: [...spans.keys()] }],
  countsLate: ([long]) => spanOf(long) !== undefined,
  sets: ([long]) => (spanOf(long) === undefined ? undefined : 'pause'),
  async run(context, [long]) {
    const { learning, person, clock, timeZone } = context
    const ms = spanOf(long)
    if (ms === undefined) return howToWrite(pause)
    if (learning === undefined) return nobodyLearns
    const until = ms === 0 ? undefined : new Date(clock.now().getTime() + ms)
    await learning.consent.pause(person.id, until)
    if (until === undefined) return 'The pause is over: I learn again, where I may.'
    return `I learn nothing from what you say until ${tellTime(until, timeZone)}. What I know already I still use; \`/aeries learning off\` ends that, too.${await forThisAccount(context, 'say it as well on')}`
  },
}

function spanOf(word = ''): number | undefined {
  return spans.get(word.toLowerCase())
}
