import { workspaceOf } from '#src/core/workspace.ts'
import { listReactions } from '#src/engine/reactions/list-reactions.ts'
import type { Command } from './command.ts'

export const help: Command = {
  verb: 'help',
  description: 'What I can do, and what reactions mean to me.',
  usage: 'help',
  options: [],
  run({ commands, reactions, access, person, place, house: { guideUrl } }) {
    const mine = commands.filter(({ isForAdmins }) => !isForAdmins || access.isAdmin(person, place))
    const lines = mine.map(({ usage, description }) => `- **${usage}** ${description}`)
    const shown = listReactions(reactions, workspaceOf(place)).map(line => `- ${line}`)
    return [
      'Talk to me in a DM, or mention me in a channel; in a thread of ours you need no mention. Behind `/aeries`, or as a message `aeries …`, only you see the answer:',
      lines.join('\n'),
      ...(shown.length === 0 ? [] : [`A reaction on an answer of mine:\n${shown.join('\n')}`]),
      ...(guideUrl === undefined ? [] : [`More of it: ${guideUrl}`]),
    ].join('\n\n')
  },
}
