import type { Command } from './command.ts'
import { exportOf } from './export-of.ts'
import { forThisAccount } from './linked-words.ts'

export const exportAll: Command = {
  verb: 'export',
  description: 'All that I have of you, as a file.',
  usage: 'export',
  options: [],
  async run(context) {
    const { store, person, clock } = context
    const content = `${JSON.stringify(await exportOf(store, person.id, clock.now()), undefined, 2)}\n`
    return {
      text: `Here is all that I have of you: what you said to me and my answers, what I learnt with the words that it rests on, the signs that I noticed, and what you chose.${await forThisAccount(context, 'ask as well on')}`,
      file: { name: 'what-aeries-knows.json', content },
    }
  },
}
