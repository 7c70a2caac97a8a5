import { type Claim, type Slot, slots, slotValues } from '#src/core/claim.ts'
import { messageId } from '#src/core/ids.ts'
import type { Learning } from '#src/core/learning.ts'
import { styleScope } from '#src/core/learning-scope.ts'
import type { Correction, Notebook } from '#src/core/notebook.ts'
import { fold } from './claims/fold.ts'
import { anyPronouns, languageCode, timezoneName } from './claims/named-values.ts'
import { sensitiveKind } from './claims/sensitive.ts'
import { isName, isPlainValue } from './claims/value.ts'
import type { Lender } from './cohorts/create-lender.ts'
import { leaningOf, leaningWords, phraseOf } from './phrases.ts'
import { statementOf } from './statements.ts'

/** Topics are in few fixed words. */
const topicOf = (value: string) => `You often talk about ${value.replaceAll('_', ' ')}.`

export function createNotebook(learning: Learning, lender?: Lender): Notebook {
  return {
    tellTrait: phraseOf,
    tellReading: reading => (reading.key === 'topic' ? topicOf(reading.value) : leaningOf(reading)),
    async lentTo(person, workspace, at) {
      const data = await learning.briefData({ person, workspace, scopes: [styleScope] }, at)
      const lent = (await lender?.lent({ person, workspace, at, words: '' }, data)) ?? []
      return lent.flatMap(({ slot, value }) => leaningWords(slot, value) ?? [])
    },
    choicesOf: ({ slot }) => choicesOf(slot),
    async correct(correction) {
      const { person, place, trait, workspace, at } = correction
      const value = valueFor(trait.slot, correction.value)
      if (value === undefined) return 'unfit'
      if (!(await learning.forgetTrait(person, trait.id, at))) return 'gone'
      const { id: session } = await learning.startSession(person, place, at)
      const statement = statementOf(claimOf(correction, value), at)
      await learning.learn({ person, workspace, scope: trait.scope, session, statements: [statement], signals: [] }, [])
      return 'corrected'
    },
  }
}

function choicesOf(slot: Slot): readonly string[] | undefined {
  const words: Readonly<Partial<Record<Slot, readonly string[]>>> = slotValues
  return words[slot]
}

/** The value as such a slot holds it. What would not be learnt from a message is not taken by hand either. */
function valueFor(slot: Slot, written: string): string | undefined {
  const value = written.normalize('NFKC').replace(/\s+/gu, ' ').trim()
  const { text } = fold(value)
  const choices = choicesOf(slot)
  if (choices !== undefined) return choices.find(choice => choice === text.replaceAll(' ', '_'))
  if (slot === 'language') return languageCode(text) ?? (/^[a-z]{2}$/.test(text) ? text : undefined)
  if (slot === 'timezone') return timezoneName(text)
  if (slot === 'pronouns') return new RegExp(`^${anyPronouns}$`).test(text) ? text : undefined
  if (slot === 'call_me') return isName(value, value) ? value : undefined
  return isPlainValue(value) && sensitiveKind(text) === 'none' ? value : undefined
}

function claimOf({ key, place, trait: { slot, polarity } }: Correction, value: string): Claim {
  return {
    kind: 'correction',
    slot,
    value,
    polarity,
    quote: value,
    start: 0,
    length: value.length,
    // No message says it: it was told to Aeries alone.
    message: messageId(place.platform, place.workspace, place.channel, `correct-${key}`),
    sensitivity: slots[slot].sensitivity,
    lastsMs: undefined,
    source: 'detector',
  }
}
