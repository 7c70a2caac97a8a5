import { describe, expect, it } from 'vitest'
import { answerOf } from '#bench/chaos/checker/answer-of.ts'
import type { LastWish } from '#bench/chaos/checker/evidence.ts'
import type { LedgerTurn } from '#bench/chaos/checker/ledger.ts'
import type { ViolationKind } from '#bench/chaos/checker/violation.ts'
import { addTurn, anHour, aShown, type Bendable, keyOf } from './an-evidence.ts'
import { kinds, shownOf, without } from './judged.ts'

type Planted = Readonly<Record<string, readonly [ViolationKind | undefined, (evidence: Bendable) => void]>>

function bendTurn(
  evidence: Bendable,
  id: string,
  what: Partial<Pick<LedgerTurn, 'run' | 'withdrawn' | 'state'>>,
): void {
  for (const turn of evidence.ledger.turns) if (turn.id === id) Object.assign(turn, what)
}

function saysInstead(evidence: Bendable, text: string): void {
  for (const words of evidence.ledger.words) if (words.id === 'a1') words.text = text
  shownOf(evidence, 1).text = text
}

/** Another answer stands in the place of the one to q00001. */
function answeredAgain(evidence: Bendable): void {
  bendTurn(evidence, '1', { run: 1 })
  evidence.ledger.superseded.push({ turn: '1', run: 0, inPlace: 1, text: answerOf('q00001') })
  saysInstead(evidence, answerOf('q00001', { take: 1 }))
}

/** Another answer stands below, and the one to q00001 where it stood. */
function answeredBelow(evidence: Bendable): void {
  bendTurn(evidence, '1', { run: 1 })
  const { ledger, shown } = evidence
  const before = shownOf(evidence, 1)
  ledger.superseded.push({ turn: '1', run: 0, inPlace: 0, text: before.text })
  ledger.supersededParts.push({ turn: '1', run: 0, part: 0, message: before.key })
  without(ledger.parts, ({ turn }) => turn === '1')
  const again = aShown(9_000n, answerOf('q00001', { take: 1 }))
  again.replyTo = keyOf('q00001')
  shown.push(again)
  ledger.parts.push({ turn: '1', part: 0, message: again.key })
  for (const words of ledger.words) if (words.id === 'a1') words.text = again.text
}

/** Its asker took the answer to q00001 away. */
function wiped(evidence: Bendable): void {
  bendTurn(evidence, '1', { withdrawn: 1 })
  for (const said of evidence.said) if (said.id === 'q00001') said.answerDeletedAt = anHour
  without(evidence.ledger.words, ({ id }) => id === 'a1')
  without(evidence.ledger.parts, ({ turn }) => turn === '1')
  shownOf(evidence, 1).deletedAt = anHour
}

/** The question was edited some time after it was asked. */
function edited(evidence: Bendable, afterMs: number): void {
  for (const said of evidence.said) if (said.id === 'q00001') said.editedAt = said.at + afterMs
  for (const words of evidence.ledger.words) {
    if (words.key === keyOf('q00001')) words.text = 'what about q00001? (q00001 was edited)'
  }
}

function wish(evidence: Bendable, what: LastWish['wish']): void {
  evidence.wishes.push({ of: 'q00001', wish: what, before: answerOf('q00001') })
}

const tests: Planted = {
  'another answer in the place of the first': [undefined, answeredAgain],
  'another answer below the first': [undefined, answeredBelow],
  'an answer of a run that never was': [
    'wrong text',
    evidence => saysInstead(evidence, answerOf('q00001', { take: 1 })),
  ],
  'a superseded answer that is kept in other words': [
    'wrong text',
    evidence => {
      answeredAgain(evidence)
      for (const one of evidence.ledger.superseded) one.text = 'Something else'
    },
  ],
  'a superseded answer that does not stand as it was': [
    'wrong text',
    evidence => {
      answeredBelow(evidence)
      shownOf(evidence, 1).text += ' indeed'
    },
  ],
  'messages of an answer that stands nowhere': [
    'orphan row',
    evidence => {
      answeredAgain(evidence)
      evidence.ledger.supersededParts.push({ turn: '1', run: 0, part: 0, message: shownOf(evidence, 1).key })
    },
  ],
  'a superseded answer that nobody knows of': [
    'orphan message',
    evidence => {
      answeredBelow(evidence)
      evidence.ledger.supersededParts.length = 0
    },
  ],
  'another answer that stands twice': [
    'doubled',
    evidence => {
      answeredAgain(evidence)
      evidence.shown.push(aShown(1_700n, answerOf('q00001', { take: 1 })))
      evidence.ledger.parts.push({ turn: '1', part: 1, message: evidence.shown.at(-1)?.key ?? '' })
    },
  ],
  'an answer that its asker took away': [undefined, wiped],
  'an answer that was taken away by nobody': [
    'lost',
    evidence => {
      wiped(evidence)
      for (const said of evidence.said) said.answerDeletedAt = undefined
    },
  ],
  'words of an answer that was taken away': [
    'orphan row',
    evidence => {
      const words = evidence.ledger.words.filter(({ id }) => id === 'a1')
      wiped(evidence)
      evidence.ledger.words.push(...words)
    },
  ],
  'an answer that was taken away and stands': [
    'orphan message',
    evidence => {
      wiped(evidence)
      shownOf(evidence, 1).deletedAt = undefined
    },
  ],
  'a message that is still to be taken off': [
    'orphan row',
    evidence => {
      evidence.ledger.removals.push(shownOf(evidence, 1).key)
    },
  ],
  'another answer that was asked for': [
    undefined,
    evidence => {
      answeredAgain(evidence)
      wish(evidence, 'another')
    },
  ],
  'another answer that never came': ['wish', evidence => wish(evidence, 'another')],
  'the same answer once more': [
    'wish',
    evidence => {
      bendTurn(evidence, '1', { run: 1 })
      wish(evidence, 'another')
    },
  ],
  'an earlier answer that is back': [undefined, evidence => wish(evidence, 'another, taken back')],
  'an earlier answer that is not back': [
    'wish',
    evidence => {
      answeredAgain(evidence)
      wish(evidence, 'another, taken back')
    },
  ],
  'an answer that was to be taken away': ['wish', evidence => wish(evidence, 'away')],
  'an edited question with an answer to its old words': ['wrong text', evidence => edited(evidence, 1_000)],
  'a question that was edited when another one had come': [undefined, evidence => edited(evidence, 70_000)],
  'a stopped answer that stands in other words than the ledger has': [
    'wrong text',
    evidence => {
      bendTurn(evidence, '4', { state: 'stopped' })
      for (const said of evidence.said) if (said.id === 'q00004') said.stoppedAt = said.at + 500
      shownOf(evidence, 4).text = answerOf('q00004').slice(0, 30)
    },
  ],
  'a whole answer whose asker pressed stop, and of which a word is missing': [
    'wrong text',
    evidence => {
      for (const said of evidence.said) if (said.id === 'q00001') said.stoppedAt = said.at + 500
      shownOf(evidence, 1).text = answerOf('q00001').slice(0, -5)
    },
  ],
}

describe('the checker of the chaos, on what people change', () => {
  it.for(Object.entries(tests))('judges %s', ([, [kind, bend]]) => {
    // What is planted may be found from two sides.
    if (kind === undefined) expect(kinds(bend)).toEqual([])
    else expect(kinds(bend)).toContain(kind)
  })
})

const freshAt = anHour + 5.5 * 60_000

/** Somebody began anew after q00005, and asked q00007 and was answered. */
function begunAnew(evidence: Bendable, prompt: string): void {
  evidence.commands.push({ channel: '100', asker: 'discord:-:42', at: freshAt, what: 'new' })
  evidence.shown.push({
    ...aShown(5_550n, 'A fresh start. What was said here before'),
    frames: [{ at: freshAt, content: '' }],
  })
  addTurn(evidence, 7, ['q00007'], { state: 'done', answer: answerOf('q00007'), shown: [answerOf('q00007')] })
  for (const asking of evidence.askings) if (asking.turn === 'turn7') asking.prompt = prompt
}

describe('the checker of the chaos, on commands', () => {
  it('knows the words that come of one', () => {
    expect(kinds(evidence => begunAnew(evidence, 'q00007'))).toEqual([])
  })

  it('finds such words where nobody gave a command', () => {
    const toAnother = (evidence: Bendable) => {
      begunAnew(evidence, 'q00007')
      for (const [i, one] of evidence.commands.entries())
        evidence.commands[i] = { ...one, channel: '9', asker: 'discord:-:9' }
    }
    expect(kinds(toAnother)).toEqual(['orphan message', 'doubled'])
  })

  it('lets the giver be told in their own DM', () => {
    const elsewhere = (evidence: Bendable) => {
      begunAnew(evidence, 'q00001 q00007')
      for (const [i, one] of evidence.commands.entries()) evidence.commands[i] = { ...one, channel: '9' }
    }
    expect(kinds(elsewhere)).toEqual([])
  })

  it('finds more such words than commands', () => {
    const twice = (evidence: Bendable) => {
      begunAnew(evidence, 'q00007')
      evidence.shown.push(aShown(5_560n, 'A fresh start.'))
    }
    expect(kinds(twice)).toEqual(['doubled'])
  })

  it('finds what the model is told from before a fresh start', () => {
    expect(kinds(evidence => begunAnew(evidence, 'q00001 q00007'))).toEqual(['not fresh'])
  })
})
