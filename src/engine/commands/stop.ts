import { isStop } from '#src/engine/controls/stop-words.ts'
import type { Command } from './command.ts'

export const stop: Command = {
  verb: 'stop',
  description: 'Stop what I am writing to you here.',
  usage: 'stop',
  options: [],
  isAtOnce: true,
  // Behind a mention it is a word of its own, and no command.
  isExact: () => false,
  takes: words => isStop(`stop ${words.join(' ')}`, []),
  run({ answers, place, person }) {
    answers.stop({ place, person })
    return 'I stop. What I had written to you stays as it is.'
  },
}
