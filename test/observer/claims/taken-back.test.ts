import { describe, expect, it } from 'vitest'
import type { Slot } from '#src/core/claim.ts'
import { messageId } from '#src/core/ids.ts'
import { detectClaims } from '#src/observer/claims/detect-claims.ts'
import { validateClaim } from '#src/observer/claims/validate-claims.ts'
import { aProposal } from './fixtures.ts'

type Line = readonly [text: string, slot: Slot, value: string]

const unmeant: readonly Line[] = [
  ['Call me Ishmael is the best first line ever.', 'call_me', 'Ishmael'],
  ['I live in Oslo was the answer on the quiz.', 'location', 'Oslo'],
  ['I hate mornings is a phrase I never use.', 'dislikes', 'mornings'],
  ['I like jazz about as much as a root canal.', 'likes', 'jazz'],
  ['Me gusta el café tanto como los lunes.', 'likes', 'el café'],
  ['I love Java the way cats love baths.', 'likes', 'Java'],
  ['I like Java less than ever.', 'likes', 'Java'],
  ['I like olives until I taste them.', 'likes', 'olives'],
  ['I use Windows only at gunpoint.', 'tools', 'Windows'],
  ['I live in Paris in my head.', 'location', 'Paris'],
  ["I'm a doctor on TV.", 'role', 'doctor'],
  ["I'm a pilot in Flight Simulator.", 'role', 'pilot'],
]

const meant: readonly Line[] = [
  ['I live in Oslo and it is the best city.', 'location', 'Oslo'],
  ['I work at Bosch, which is a big company.', 'workplace', 'Bosch'],
  ['I use Vim because it is the best editor.', 'tools', 'Vim'],
  ['I like tea as much as possible.', 'likes', 'tea'],
  ["I'm a pilot in Oslo.", 'role', 'pilot'],
  ['I love hiking until late autumn.', 'likes', 'hiking'],
]

const heard = (text: string) => [{ id: messageId('discord', undefined, '1', '2'), text }]

function isStored([text, slot, value]: Line): boolean {
  return 'claim' in validateClaim(aProposal({ quote: text, slot, value }), heard(text))
}

describe('what is said of oneself', () => {
  it.each(unmeant)('is not believed where the end of the sentence takes it back: %s', (...line) => {
    expect(isStored(line)).toBe(false)
    expect(detectClaims(heard(line[0])).map(({ slot }) => slot)).not.toContain(line[1])
  })

  it('is not their own behind the sign of a quote that goes on to the end of the message', () => {
    const claim = aProposal({ quote: 'I live in Rome', slot: 'location', value: 'Rome' })
    const isBelieved = (text: string) => 'claim' in validateClaim(claim, heard(text))
    expect(isBelieved('>>> hi there\nI live in Rome')).toBe(false)
    expect(isBelieved('I live in Rome\n>>> hi there')).toBe(true)
  })

  it.each(meant)('is believed where more is told behind it: %s', (...line) => {
    expect(isStored(line)).toBe(true)
  })
})
