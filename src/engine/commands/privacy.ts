import type { Place } from '#src/core/place.ts'
import { isShared } from '#src/core/place.ts'
import { scopeOfPlace } from '#src/core/preferences.ts'
import { listeningPreference } from '#src/engine/access/access.ts'
import type { Command, CommandContext } from './command.ts'

export const privacy: Command = {
  verb: 'privacy',
  description: 'What is stored here, for how long, who reads it.',
  usage: 'privacy',
  options: [],
  async run(context) {
    const { house, place } = context
    const days = house.keepsDays(place)
    const kept = days === 0 ? 'until you or those who run me take it out' : `for ${days} day${days === 1 ? '' : 's'}`
    return [
      `**The model.** ${house.model}, which runs on ${house.modelAt.join(', ')}. What you ask goes there, with what was said before, and nowhere else.`,
      `**What is stored.** What you say to me here and what I answer, ${kept}. ${await othersIn(context)}`,
      `**What I learn.** ${await learningIn(context)}`,
      `**Who can read it.** ${readersOf(place)} Those who run me can read what is in my database${house.operator ? `: ${house.operator}` : ''}. No command shows anybody what I know of you but you.`,
      '**How to delete it.** `/aeries forget` takes out one thing, a topic, or all; `/aeries export` gives it to you as a file; `/aeries ignore me` keeps me from ever storing anything of you.',
    ].join('\n\n')
  },
}

async function othersIn({ store, place }: CommandContext): Promise<string> {
  if (!isShared(place)) return 'Here all you say is said to me.'
  const listens = await store.preferences.chosen(listeningPreference, [scopeOfPlace(place)])
  return listens === 'on'
    ? 'An admin lets me read along here, so what you say to others in this channel is kept as well; I do not answer it.'
    : 'What you say to others is not: I neither keep nor answer it, unless an admin lets me read along here, which I would announce first.'
}

async function learningIn({ learning, person, place }: CommandContext): Promise<string> {
  if (learning === undefined) return 'Nothing, from nobody.'
  const isOn = await learning.consent.allows(person.id, place)
  if (!isOn) return 'Nothing from you here. `/aeries learning on` changes that, where it may be changed.'
  return 'How you like to be talked to, and what you tell me of yourself, only from your own words and reactions. What you tell me in a DM stays there. How you like answers is also counted, without your name and with at least 19 others, for what newcomers start from. `/aeries me` shows all of it, `/aeries learning off` ends it.'
}

function readersOf(place: Place): string {
  return isShared(place)
    ? 'What is said here can be read by whoever can read this place.'
    : 'What you say to me here is between us.'
}
