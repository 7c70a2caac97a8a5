import { expect, it } from 'vitest'
import { check } from '#bench/chaos/checker/check.ts'
import { anEvidence, asEvidence } from './an-evidence.ts'

const word = { message: 'discord:7:100/1500', person: 'discord:-:42', sign: '👍', isGiven: true, of: 'q00001' }
const row = `${word.message} ${word.person} ${word.sign}`

it.for([
  [true, true, []],
  [false, false, []],
  [true, false, ['wrong opinion']],
  [false, true, ['wrong opinion']],
] as const)('a reaction that stands there: %s, in the ledger: %s, is judged %j', ([isGiven, isKnown, kinds]) => {
  const evidence = anEvidence()
  evidence.opinions.push({ ...word, isGiven })
  if (isKnown) evidence.ledger.opinions.add(row)
  expect(check(asEvidence(evidence)).violations.map(({ kind }) => kind)).toEqual(kinds)
})

it('a message that no turn knows is ours to explain, but for where its place was taken away', () => {
  const evidence = anEvidence()
  evidence.ledger.parts = evidence.ledger.parts.filter(({ turn }) => turn !== '1')
  const orphans = () => check(asEvidence(evidence)).violations.filter(({ kind }) => kind === 'orphan message')
  expect(orphans()).toHaveLength(1)
  for (const said of evidence.said) said.goneAt = said.at + 1
  expect(orphans()).toEqual([])
})
