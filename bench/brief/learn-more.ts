import { Timings } from '#bench/frame/timings.ts'
import { createRandom } from '#bench/history/random.ts'
import type { Claim } from '#src/core/claim.ts'
import { messageId } from '#src/core/ids.ts'
import { dmScope } from '#src/core/learning-scope.ts'
import type { Lesson } from '#src/core/lesson.ts'
import type { SessionId } from '#src/core/session.ts'
import { statementOf } from '#src/observer/statements.ts'
import type { SqliteStore } from '#src/sqlite/sqlite-store.ts'
import { benchPerson, hoarder, someWords, workspace } from './fill-learning.ts'

/** One more fact, and one less; a round each, since other programs make whole rounds slow. */
export type LearningMore = Readonly<{ learnt: Timings; takenBack: Timings }>

const rounds = 5
const factsOfRound = 60
const wordsOfFact = 3

/** How long the process does nothing else while somebody with very many traits tells one more, or takes one back. */
export async function learnMore({ learning }: SqliteStore, at: number): Promise<readonly LearningMore[]> {
  const random = createRandom(17)
  // The first one finds more facts live than may be, since they were written by plain SQL, and makes the others wait.
  await learning.learn(oneMore(-1, at, someWords(random, wordsOfFact)), [])
  const measured: LearningMore[] = []
  for (let round = 0; round < rounds; round += 1) {
    const timings = { learnt: new Timings(), takenBack: new Timings() }
    for (let i = 0; i < factsOfRound; i += 1) {
      const fact = round * factsOfRound + i
      const lesson = oneMore(fact, at, someWords(random, wordsOfFact))
      await timings.learnt.measure(() => learning.learn(lesson, []))
      if (i % 2 === 0) await timings.takenBack.measure(() => learning.retract(lesson.person, messageOf(fact)))
      await new Promise(resolve => setImmediate(resolve))
    }
    measured.push(timings)
  }
  return measured
}

function oneMore(fact: number, at: number, value: string): Lesson {
  const quote = `I like ${value}`
  const claim: Claim = {
    ...{ value, quote, start: 0, length: quote.length, message: messageOf(fact), lastsMs: undefined },
    kind: 'fact',
    slot: 'likes',
    polarity: 1,
    sensitivity: 'S2',
    source: 'model',
  }
  const statements = [statementOf(claim, new Date(at + fact * 1_000))]
  const session = '1' as SessionId
  return { person: benchPerson(hoarder), workspace, scope: dmScope, session, statements, signals: [] }
}

function messageOf(fact: number) {
  return messageId('slack', 'T1', 'D0', `more-${fact}`)
}
