import { describe, expect, it } from 'vitest'
import { anHour, type Bendable, keyOf } from './an-evidence.ts'
import { judged, kinds, shownOf, without } from './judged.ts'

describe('the checker of the chaos', () => {
  describe('excuses, and counts', () => {
    it('a question that its person took back', () => {
      const { violations, excused } = judged(evidence => {
        for (const said of evidence.said) if (said.id === 'q00005') said.deletedAt = said.at
        without(evidence.shown, ({ order }) => order === 5_500n)
      })
      expect([violations, excused]).toEqual([[], { 'question deleted': 1 }])
    })

    it('a message that nobody heard, and that only a mention above it called Aeries to, when that was taken back', () => {
      const uncalled = (evidence: Bendable) => {
        for (const said of evidence.said) {
          if (said.id === 'q00005') said.deletedAt = said.at
          if (said.id === 'q00006') Object.assign(said, { addressed: true, under: 'q00005' })
        }
        without(evidence.shown, ({ order }) => order === 5_500n)
      }
      const { violations, excused } = judged(uncalled)
      expect([violations, excused]).toEqual([[], { 'question deleted': 1, 'call deleted': 1 }])
      const isKnown = (evidence: Bendable) => {
        uncalled(evidence)
        for (const turn of evidence.ledger.turns) if (turn.id === '1') turn.thread = 'q00005'
      }
      expect(kinds(isKnown)).toEqual(['lost'])
      const stands = (evidence: Bendable) => {
        for (const said of evidence.said)
          if (said.id === 'q00006') Object.assign(said, { addressed: true, under: 'q00005' })
      }
      expect(kinds(stands)).toEqual(['lost'])
    })

    it('whatever was asked in a place that is gone', () => {
      const { violations, excused } = judged(evidence => {
        for (const said of evidence.said) said.goneAt = anHour
        without(evidence.ledger.words, ({ key }) => key === keyOf('q00001'))
        without(evidence.ledger.words, ({ turn }) => turn === '1')
        without(evidence.ledger.turns, ({ id }) => id === '1')
        without(evidence.ledger.parts, ({ turn }) => turn === '1')
        without(evidence.shown, () => true)
      })
      expect([violations, excused]).toEqual([[], { 'place gone': 3 }])
    })

    it('an answer whose asker pressed stop, as long as it begins as the model began', () => {
      const stopped = (evidence: Bendable) => {
        for (const turn of evidence.ledger.turns) if (turn.id === '4') turn.state = 'stopped'
        for (const said of evidence.said) if (said.id === 'q00004') said.stoppedAt = said.at + 500
      }
      expect(judged(stopped)).toMatchObject({ violations: [], excused: { stopped: 1 } })
      const other = (evidence: Bendable) => {
        stopped(evidence)
        for (const words of evidence.ledger.words) if (words.id === 'a4') words.text = 'Something else'
      }
      expect(kinds(other)).toEqual(['wrong text'])
    })

    it('an answer that a moderator took away', () => {
      const { violations } = judged(evidence => {
        shownOf(evidence, 1).deletedAt = anHour
        for (const said of evidence.said) if (said.id === 'q00001') said.answerDeletedAt = anHour
      })
      expect(violations).toEqual([])
    })

    it('the same where it left the ledger, too, but only once it stands no more', () => {
      const taken = (evidence: Bendable) => {
        without(evidence.ledger.words, ({ id }) => id === 'a1')
        for (const turn of evidence.ledger.turns) if (turn.id === '1') turn.withdrawn = 1
        for (const said of evidence.said) if (said.id === 'q00001') said.answerDeletedAt = anHour
      }
      expect(kinds(taken)).toEqual(['orphan message'])
      const gone = (evidence: Bendable) => {
        taken(evidence)
        shownOf(evidence, 1).deletedAt = anHour
      }
      expect(kinds(gone)).toEqual([])
    })

    it('no stop that was pressed before the question', () => {
      const early = (evidence: Bendable) => {
        for (const turn of evidence.ledger.turns) if (turn.id === '4') turn.state = 'stopped'
        for (const said of evidence.said) if (said.id === 'q00004') said.stoppedAt = said.at - 500
      }
      expect(kinds(early)).toEqual(['stopped by nobody'])
    })

    it('an answer below a later one when its question was received later', () => {
      const late = (evidence: Bendable) => {
        shownOf(evidence, 1).order = 3_000n
        evidence.ledger.events.set('event q00001', anHour + 3 * 60_000)
      }
      expect(kinds(late)).toEqual([])
    })
  })

  it('measures a recovery from the last start before its end', () => {
    const { recoveries } = judged(evidence => {
      const shown = shownOf(evidence, 1)
      shown.frames = [
        { at: anHour + 1_000, content: 'About' },
        { at: anHour + 9_000, content: shown.text },
        { at: anHour + 12_000, content: shown.text },
      ]
      evidence.starts = [anHour, anHour + 3_000, anHour + 5_000, anHour + 10_000]
    })
    expect(recoveries.filter(({ turn }) => turn === 'turn1')).toEqual([{ turn: 'turn1', said: ['q00001'], ms: 4_000 }])
  })
})
