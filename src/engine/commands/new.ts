import { conversationOf } from '#src/core/place.ts'
import { scopeOf } from '#src/core/preferences.ts'
import { freshPreference } from '#src/engine/said-before.ts'
import type { Command } from './command.ts'
import { endIncognito } from './incognito.ts'

export const startAnew: Command = {
  verb: 'new',
  description: 'A fresh conversation: I look at nothing said before.',
  usage: 'new',
  options: [],
  sets: (_words, { place }) => `new ${conversationOf(place)}`,
  async run(context) {
    const { store, place, person, saidAt, clock, answers } = context
    answers.stop({ place, person })
    const conversation = conversationOf(place)
    const wasIncognito = await endIncognito(context)
    const now = clock.now()
    await store.ownData.startAnew(conversation, person.id, now, saidAt)
    if (place.audience === 'dm') {
      // A thread of a DM goes on from what was said before it, wherever in the DM: it begins here now.
      await store.preferences.choose(freshPreference, scopeOf(person.id, place), (saidAt ?? now).toISOString())
    }
    const whose = place.audience === 'dm' ? '' : ' For everybody here: a conversation that others read is one.'
    const before = wasIncognito
      ? 'What you said here incognito is gone, and incognito is off.'
      : 'What was said here before stays where it is, but I do not look at it any more.'
    return `A fresh start. ${before}${whose} What I know of how you like to be talked to stays; /aeries me shows it.`
  },
}
