import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import type { Slot } from '#src/core/claim.ts'
import { estimateTokens } from '#src/engine/estimate-tokens.ts'
import { createBriefWriter } from '#src/observer/brief-writer.ts'
import { phraseOf } from '#src/observer/phrases.ts'
import { openStore } from '#src/sqlite/sqlite-store.ts'
import { aLesson, aStatement, dayMs, mira, type StatementSketch, when } from '#test/support/a-lesson.ts'
import { anAsked } from '#test/support/an-asked.ts'
import { dm } from '#test/support/an-event.ts'
import { KeptLog } from '#test/support/kept-log.ts'

type Need = Readonly<{ question: string; phrase: string }>

const folder = new URL('../fixtures/brief/', import.meta.url)

describe('what a question needs', () => {
  // Tuned on the first half; the second half is what counts.
  it.for([
    ['tuned.txt', 300, 0.67],
    ['tuned.txt', 600, 0.72],
    ['held-out.txt', 300, 0.67],
    ['held-out.txt', 600, 0.72],
  ] as const)('is in the brief: %s at %i tokens', async ([file, budget, share]) => {
    const { statements, needs } = readDialogue(file)
    expect(needs.length).toBeGreaterThan(30)
    const found = await foundShare(statements, needs, budget)
    expect(found).toBeGreaterThanOrEqual(share)
  })

  it('is in the brief of who has twenty standing wishes on twenty topics, whatever they ask', async () => {
    const { statements, needs } = readPreferences()
    expect(needs).toHaveLength(20)
    expect(await foundShare(statements, needs, 400)).toBe(1)
  })
})

async function foundShare(
  statements: readonly StatementSketch[],
  needs: readonly Need[],
  budget: number,
): Promise<number> {
  using store = openStore({ path: ':memory:' })
  await store.turns.receive(anAsked())
  for (const statement of statements) {
    await store.learning.learn(aLesson({ statements: [aStatement(statement)] }), [])
  }
  const parts = { learning: store.learning, count: estimateTokens, log: new KeptLog(), ticks: () => 0, budget }
  const missed: string[] = []
  for (const { question, phrase } of needs) {
    const writer = createBriefWriter(parts)
    const asked = { person: mira, place: dm, words: question, at: when(120 * dayMs), isFresh: false }
    const { standing, tail } = await writer.brief(asked)
    if (!`${standing}\n${tail}`.includes(phrase)) missed.push(`${question} => ${phrase}`)
  }
  if (process.env['SHOW_MISSED'])
    process.stdout.write(`${budget} ${1 - missed.length / needs.length}\n${missed.join('\n')}\n`)
  return 1 - missed.length / needs.length
}

function readDialogue(file: string): Readonly<{ statements: readonly StatementSketch[]; needs: readonly Need[] }> {
  const all = lines(file)
  const statements = all
    .filter(line => !line.startsWith('?'))
    .map((line, i): StatementSketch => {
      const [slot, value = '', quote = ''] = line.split(' | ')
      return { slot: slot as Slot, value, quote, kind: 'fact', at: 2 * i * dayMs }
    })
  const needs = all
    .filter(line => line.startsWith('?'))
    .map(line => {
      const [question = '', value = ''] = line.slice(2).split(' => ')
      return { question, phrase: phraseFor(statements.find(said => said.value === value)) }
    })
  return { statements, needs }
}

function readPreferences(): Readonly<{ statements: readonly StatementSketch[]; needs: readonly Need[] }> {
  const read = lines('preferences.txt').map(line => {
    const [told = '', question = ''] = line.split(' :: ')
    const [quote = '', what = ''] = told.split(' => ')
    const [slot, value = '', sign] = what.split(' | ')
    const statement: StatementSketch = { slot: slot as Slot, value, quote, polarity: sign === '-' ? -1 : 1 }
    return { statement, need: { question, phrase: phraseFor(statement) } }
  })
  return { statements: read.map(({ statement }) => statement), needs: read.map(({ need }) => need) }
}

function phraseFor(said: StatementSketch | undefined): string {
  const { slot = 'open', value = '', polarity = 1 } = said ?? {}
  const phrase = phraseOf({ slot, value, polarity })
  if (said === undefined || phrase === undefined) throw new Error('A question of the fixture needs what nobody said.')
  return phrase
}

function lines(file: string): readonly string[] {
  return readFileSync(new URL(file, folder), 'utf8')
    .split('\n')
    .filter(line => line !== '' && !line.startsWith('#'))
}
