import { describe, expect, it } from 'vitest'
import { answerOf } from '#bench/chaos/checker/answer-of.ts'
import type { ViolationKind } from '#bench/chaos/checker/violation.ts'
import { addTurn, anHour, aShown, type Bendable, keyOf } from './an-evidence.ts'
import { judged, kinds, shownOf, without } from './judged.ts'

const notice = 'Aeries is resting. Try again in a moment.'

function answered(name: string) {
  return { state: 'done', answer: answerOf(name), shown: [answerOf(name)] } as const
}

describe('the checker of the chaos', () => {
  it('finds nothing in an evening without a fault', () => {
    const { violations, turns, messages, conversations } = judged()
    expect(violations).toEqual([])
    expect(turns).toEqual({ done: 2, 'cut off': 1, stopped: 0, failed: 1, answering: 0 })
    expect(messages).toEqual({ answered: 3, 'cut off': 1, stopped: 0, 'told why not': 1, nothing: 0 })
    expect(conversations).toBe(1)
  })

  describe('catches a planted', () => {
    const planted: Readonly<Record<string, readonly [ViolationKind, (evidence: Bendable) => void]>> = {
      'message that the ledger never heard of': [
        'lost',
        ({ ledger }) => without(ledger.words, ({ key }) => key === keyOf('q00002')),
      ],
      'turn that nothing was learnt from': [
        'not learnt',
        ({ ledger }) => {
          ledger.learntFrom.delete(keyOf('q00001'))
        },
      ],
      'job that nobody is at': [
        'not learnt',
        ({ ledger }) => {
          ledger.jobs.push({ turn: '1', state: 'taken', reason: null })
        },
      ],
      'job that was given up without a reason': [
        'not learnt',
        ({ ledger }) => {
          ledger.jobs.push({ turn: '1', state: 'dead', reason: null })
        },
      ],
      'signal that counts twice': [
        'learnt twice',
        ({ ledger }) => {
          ledger.doubled.push('tone casual, 2 times')
        },
      ],
      'message that waits for ever': [
        'waiting',
        ({ ledger }) => {
          for (const words of ledger.words) if (words.key === keyOf('q00002')) words.turn = null
        },
      ],
      'answer that stands nowhere': ['lost', ({ shown }) => without(shown, ({ order }) => order === 1_500n)],
      'answer that was taken away': [
        'lost',
        evidence => {
          shownOf(evidence, 1).deletedAt = anHour
        },
      ],
      'second part that stands nowhere': ['lost', ({ shown }) => without(shown, ({ order }) => order === 2_501n)],
      'answer that the ledger has no words of': [
        'lost',
        ({ ledger }) => without(ledger.words, ({ id }) => id === 'a1'),
      ],
      'failure that nobody was told of': ['lost', ({ shown }) => without(shown, ({ order }) => order === 5_500n)],
      'answer that stands twice': [
        'doubled',
        ({ shown, ledger }) => {
          shown.push(aShown(1_700n, answerOf('q00001')))
          ledger.parts.push({ turn: '1', part: 1, message: shown.at(-1)?.key ?? '' })
        },
      ],
      'answer that is written down twice': [
        'doubled',
        ({ ledger }) => {
          const answer = ledger.words.find(({ id }) => id === 'a1')
          if (answer) ledger.words.push({ ...answer, id: 'a1 again' })
        },
      ],
      'wrong word on the platform': [
        'wrong text',
        evidence => {
          shownOf(evidence, 1).text += ' indeed'
        },
      ],
      'missing last word on the platform': [
        'wrong text',
        evidence => {
          const shown = shownOf(evidence, 1)
          shown.text = shown.text.replace(/ \S+$/, '')
        },
      ],
      'answer to another question': [
        'wrong text',
        evidence => {
          shownOf(evidence, 1).text = answerOf('q00004')
          for (const words of evidence.ledger.words) if (words.id === 'a1') words.text = answerOf('q00004')
        },
      ],
      'wrong word in the ledger': [
        'wrong text',
        ({ ledger }) => {
          for (const words of ledger.words) if (words.id === 'a1') words.text += ' indeed'
        },
      ],
      'answer to the older one of two questions': [
        'wrong text',
        evidence => {
          for (const words of evidence.ledger.words) if (words.id === 'a2') words.text = answerOf('q00002')
        },
      ],
      'beginning that the model never said': [
        'wrong text',
        evidence => {
          shownOf(evidence, 4).text = 'About something else'
          for (const words of evidence.ledger.words) if (words.id === 'a4') words.text = 'About something else'
        },
      ],
      'notice in other words': [
        'wrong text',
        evidence => {
          shownOf(evidence, 5).text = 'Error 500'
        },
      ],
      'answer that broke off without a note': [
        'wrong note',
        evidence => {
          shownOf(evidence, 4).notes = []
        },
      ],
      'note that is none of the known ones': [
        'wrong note',
        evidence => {
          shownOf(evidence, 4).notes = ['Oops']
        },
      ],
      'whole answer that says it broke off': [
        'wrong note',
        evidence => {
          shownOf(evidence, 1).notes = shownOf(evidence, 4).notes
        },
      ],
      'order that is not that of the questions': [
        'wrong order',
        evidence => {
          const first = shownOf(evidence, 1)
          first.order = 3_000n
        },
      ],
      'order of parts': [
        'wrong order',
        evidence => {
          shownOf(evidence, 2, 1).order = 2_000n
        },
      ],
      'record of words that were not said to Aeries': [
        'answered unaddressed',
        evidence => addTurn(evidence, 8, ['q00006'], answered('q00006')),
      ],
      'answer to words that were not said to Aeries': [
        'answered unaddressed',
        ({ shown }) => void shown.push(aShown(8_500n, answerOf('q00006'))),
      ],
      'question that nobody asked': [
        'answered unaddressed',
        evidence => {
          addTurn(evidence, 8, ['q00008'], answered('q00008'))
          without(evidence.said, ({ id }) => id === 'q00008')
        },
      ],
      'open turn': [
        'open turn',
        ({ ledger }) => {
          for (const turn of ledger.turns) if (turn.id === '1') turn.state = 'answering'
        },
      ],
      'turn that answers nothing': ['empty turn', ({ ledger }) => without(ledger.words, ({ turn }) => turn === '5')],
      'stop that nobody pressed': [
        'stopped by nobody',
        ({ ledger }) => {
          for (const turn of ledger.turns) if (turn.id === '4') turn.state = 'stopped'
        },
      ],
      'notice in two messages': [
        'notice twice',
        ({ shown, ledger }) => {
          shown.push(aShown(5_600n, notice))
          ledger.parts.push({ turn: '5', part: 1, message: shown.at(-1)?.key ?? '' })
        },
      ],
      'notice twice within a minute': [
        'notice twice',
        evidence => {
          addTurn(evidence, 5.5, ['q00007'], { state: 'failed', answer: undefined, shown: [notice] })
        },
      ],
      'message of ours that no turn knows': ['orphan message', ({ shown }) => void shown.push(aShown(9_000n, notice))],
      'answer elsewhere': [
        'wrong place',
        evidence => {
          shownOf(evidence, 1).channel = '101'
        },
      ],
      'answer that points at no question': [
        'wrong reply',
        evidence => {
          shownOf(evidence, 1).replyTo = undefined
        },
      ],
      "reply to another turn's question": [
        'wrong reply',
        evidence => {
          shownOf(evidence, 1).replyTo = keyOf('q00004')
        },
      ],
      'recovery that took too long': [
        'slow recovery',
        evidence => {
          const shown = shownOf(evidence, 1)
          shown.frames = [
            { at: anHour + 1_000, content: 'About' },
            { at: anHour + 13_001, content: shown.text },
          ]
          evidence.starts = [anHour, anHour + 3_000]
        },
      ],
      'question that the model did not get': [
        'unheard',
        ({ askings }) => {
          for (const asking of askings) if (asking.turn === 'turn2') asking.prompt = 'q00003'
        },
      ],
      'draft of a closed turn': ['orphan row', ({ ledger }) => void ledger.drafts.push('1')],
      'part of no turn': ['orphan row', ({ ledger }) => void ledger.parts.push({ turn: '99', part: 0, message: 'x' })],
      'message without its event': ['orphan row', ({ ledger }) => void ledger.events.delete('event q00001')],
      'message in a turn that is not there': [
        'orphan row',
        ({ ledger }) => {
          for (const words of ledger.words) if (words.id === 'a1') words.turn = '99'
        },
      ],
      'message in a turn of another conversation': [
        'orphan row',
        ({ ledger }) => {
          for (const words of ledger.words) if (words.id === 'pq00001') words.conversation = '2'
        },
      ],
      'fault of the file': ['damage', ({ ledger }) => void ledger.damages.push('row 3 missing from index')],
    }

    it.each(Object.entries(planted))('%s', (_, [kind, bend]) => {
      expect(kinds(bend)).toContain(kind)
    })
  })
})
