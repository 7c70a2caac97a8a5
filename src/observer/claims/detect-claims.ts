import { type Claim, slots } from '#src/core/claim.ts'
import { clausesOf } from './clauses.ts'
import { type Saying, sayingsIn } from './recognise.ts'
import { asWritten, claimOf, type HeardMessage, isFit } from './validate-claims.ts'
import { headOf } from './value.ts'

/**
 * What people say of themselves in plain forms ("call me X", "please be shorter", "I prefer X"), found without a model. At most
 * one claim a slot and message where the slot holds one value: the last one said.
 */
export function detectClaims(heard: readonly HeardMessage[]): readonly Claim[] {
  return heard.flatMap(detectIn)
}

function detectIn(message: HeardMessage): readonly Claim[] {
  const found = new Map<string, Claim>()
  for (const clause of clausesOf(message)) {
    const statements = sayingsIn(clause).filter(({ sure }) => sure)
    // A clause says one thing: what is about style is surer than a liking of it.
    const claim = statements.map(statement => toClaim(statement, message)).find(made => made !== undefined)
    if (claim === undefined) continue
    found.set(slots[claim.slot].holds === 'single' ? claim.slot : `${claim.slot} ${claim.value}`, claim)
  }
  return [...found.values()].slice(0, mostClaims)
}

/** As many as a model may propose; more in one message is a list, not a talk. */
const mostClaims = 6

function toClaim(statement: Saying, message: HeardMessage): Claim | undefined {
  const value = statement.value ?? wordsIn(statement, message)
  return value === undefined ? undefined : claimOf(statement, value, message, statement.span, 'detector')
}

function wordsIn(statement: Saying, message: HeardMessage): string | undefined {
  const { tail, clause } = statement
  const head = headOf(tail)
  if (head === '' || vague.test(head) || head.split(' ').length > mostWords) return undefined
  const written = asWritten(head, clause, message.text)
  return isFit(statement, written, message.text) ? written : undefined
}

const mostWords = 8
/** What a liking of it says nothing without the talk around. */
const vague =
  /^(?:first|second|third|last|other|idea|option|answer|answers|way|one|ones|version|suggestion|sound|look|result|both|all|none|more|less|better|same|sounds)\b/
