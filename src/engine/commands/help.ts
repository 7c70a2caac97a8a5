import { workspaceOf } from '#src/core/learning.ts'
import { listReactions } from '#src/engine/reactions/list-reactions.ts'
import type { Command } from './command.ts'

export const help: Command = {
  verb: 'help',
  description: 'What I can do for you, and what reactions mean to me.',
  usage: 'help',
  options: [],
  run({ commands, reactions, access, person, place }) {
    const mine = commands.filter(({ isForAdmins }) => !isForAdmins || access.isAdmin(person, place))
    const lines = mine.map(({ usage, description }) => `- \`/aeries ${usage}\`: ${description}`)
    const shown = listReactions(reactions, workspaceOf(place)).map(line => `- ${line}`)
    return [
      'Talk to me in a DM, or mention me in a channel; in a thread that I answer in you need no mention.',
      `**What you can ask me for** (in threads write \`aeries …\` without the slash; only you see what I answer)\n${lines.join('\n')}`,
      ...(shown.length === 0 ? [] : [`**What your reaction on an answer of mine does**\n${shown.join('\n')}`]),
    ].join('\n\n')
  },
}
