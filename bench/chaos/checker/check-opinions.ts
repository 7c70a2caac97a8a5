import type { CaseFile } from './case-file.ts'
import type { Violation } from './violation.ts'

/**
 * What people think of answers is what stands under them: of every reaction that was changed in the end, whatever became of it
 * before, under kills and bad weather, the last word holds.
 */
export function checkOpinions({ evidence }: CaseFile): readonly Violation[] {
  const { opinions, ledger } = evidence
  return opinions.flatMap(({ message, person, sign, isGiven, of }) => {
    if (ledger.opinions.has(`${message} ${person} ${sign}`) === isGiven) return []
    const what = `${person} has ${isGiven ? 'given' : 'taken back'} ${sign} on the answer to ${of}, and the ledger says otherwise`
    return [{ kind: 'wrong opinion' as const, what, said: [of], shown: [message] }]
  })
}
