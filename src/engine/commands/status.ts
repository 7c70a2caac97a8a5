import type { Command } from './command.ts'
import { tellSpan } from './tell-date.ts'

/** Nobody waits longer to be told whether the model is there. */
const patienceMs = 1_500

export const status: Command = {
  verb: 'status',
  description: 'How I am, and how much there is to do.',
  usage: 'status',
  options: [],
  async run({ house, clock, answers, store }) {
    const isThere = await house.isModelThere(AbortSignal.timeout(patienceMs))
    const busy = answers.count()
    const { waiting } = await store.learning.jobs()
    return [
      isThere ? 'I am well, and my model answers.' : 'My model is away just now. What you ask waits for it.',
      busy === 0 ? 'Nobody waits for me.' : `I am answering ${busy === 1 ? 'one person' : `${busy} people`}.`,
      ...(waiting === 0
        ? []
        : [`${waiting === 1 ? 'One exchange waits' : `${waiting} exchanges wait`} to be learnt from.`]),
      `Up for ${tellSpan(clock.now().getTime() - house.startedAt.getTime())}; version ${house.version}, model ${house.model}.`,
    ].join(' ')
  },
}
