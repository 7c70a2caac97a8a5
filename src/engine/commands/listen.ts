import { isShared } from '#src/core/place.ts'
import { scopeOfPlace } from '#src/core/preferences.ts'
import { listeningPreference } from '#src/engine/access/access.ts'
import { type Command, howToWrite } from './command.ts'

const choices = ['on', 'off'] as const

export const listen: Command = {
  verb: 'listen',
  description: 'Whether I read along in this channel, also what is not said to me.',
  usage: 'listen on | off',
  options: [{ name: 'choice', description: 'Whether I read along here.', isRequired: true, choices }],
  isForAdmins: true,
  sets: (words, { place }) => (choiceOf(words) === undefined ? undefined : `listen ${scopeOfPlace(place)}`),
  async run({ store, place, announce }, words) {
    const wanted = choiceOf(words)
    if (wanted === undefined) return howToWrite(listen)
    if (!isShared(place)) return 'In a DM all is said to me anyway.'
    const scope = scopeOfPlace(place)
    const before = (await store.preferences.chosen(listeningPreference, [scope])) ?? 'off'
    if (before === wanted) return `It is ${wanted} here already. Nothing has changed.`
    // Who is read along with knows it before the first word of theirs is kept.
    if (wanted === 'on' && !(await announce(announcements.on))) {
      return 'I could not announce it here, so I do not do it. May I write in this channel?'
    }
    await store.preferences.choose(listeningPreference, scope, wanted === 'on' ? 'on' : undefined)
    if (wanted === 'off') await announce(announcements.off)
    return whatItMeans[wanted]
  },
}

const announcements = {
  on: 'An admin has let me read along in this channel. From now on I keep what is said here, also what is not said to me, so that I know what you talk about. I still answer only who talks to me. Who does not want that says `/aeries ignore me`.',
  off: 'I do not read along in this channel any more: what is not said to me, I do not keep.',
} as const

const whatItMeans = {
  on: 'I read along here from now on, and have announced it.',
  off: 'I read along here no more. What I kept until now stays until it is as old as all else that I keep here.',
} as const

function choiceOf(words: readonly string[]): (typeof choices)[number] | undefined {
  return choices.find(choice => choice === words.join(' ').toLowerCase())
}
