import { conversationOf } from '#src/core/place.ts'
import { actionOf } from './call.ts'
import type { Command } from './command.ts'
import { tellTime } from './tell-date.ts'

export const why: Command = {
  verb: 'why',
  description: 'What shaped my answer.',
  usage: 'why',
  options: [],
  // Behind a mention it asks about what was just said.
  isExact: () => false,
  async run({ store, person, place, about, timeZone }) {
    const reason = await store.ownData.reason(person.id, about ?? conversationOf(place))
    if (reason === undefined) {
      return about === undefined
        ? 'I have not answered you here yet, or no longer know how.'
        : 'I can tell that only of my answers to you, for as long as I keep them.'
    }
    const { lines, window, persona, model } = reason
    const notes = lines.map(({ text, trait }) => `- ${text}${trait === undefined ? '' : ` (note ${trait})`}`)
    const span =
      window === undefined
        ? 'Nothing of what was said before, only your question.'
        : `${window.messages} message${window.messages === 1 ? '' : 's'} of this conversation, from ${tellTime(window.from, timeZone)} to ${tellTime(window.to, timeZone)}.`
    const first = lines.find(({ trait }) => trait !== undefined)?.trait
    return {
      text: [
        `**My notes about you that I had before me**\n${notes.length === 0 ? 'None.' : notes.join('\n')}`,
        `**What I had read before**\n${span}`,
        `I spoke as ${persona}, with ${model}.${first === undefined ? '' : ` A note that is wrong: \`/aeries forget ${first}\`, or \`/aeries correct ${first} …\`.`}`,
      ].join('\n\n'),
      buttons: [{ action: actionOf('me'), label: 'What you know about me' }],
    }
  },
}
