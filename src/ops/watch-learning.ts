import type { Inside } from '#src/core/inside.ts'
import type { Learning } from '#src/core/learning.ts'

/** The same store of learning, with a look at what is written to it and taken back. */
export function watchLearning(learning: Learning, inside: Inside): Learning {
  return {
    ...learning,
    async learn(lesson, jobs, staysOpen) {
      const learnt = await learning.learn(lesson, jobs, staysOpen)
      inside.show({ type: 'lesson', lesson, learnt })
      return learnt
    },
    async writeSignal(about, signal) {
      const outcome = await learning.writeSignal(about, signal)
      inside.show({ type: 'signal', person: about.person, workspace: about.workspace, signal, outcome })
      return outcome
    },
    async hearOpinion(opinion, craft) {
      const outcome = await learning.hearOpinion(opinion, craft)
      inside.show({ type: 'opinion', opinion, outcome })
      return outcome
    },
    async retract(person, from) {
      const found = await learning.retract(person, from)
      inside.show({ type: 'retracted', person, from, found })
      return found
    },
  }
}
