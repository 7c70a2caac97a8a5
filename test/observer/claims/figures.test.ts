import { describe, expect, it } from 'vitest'
import { slots } from '#src/core/claim.ts'
import { messageId } from '#src/core/ids.ts'
import { detectClaims } from '#src/observer/claims/detect-claims.ts'
import { sensitiveKind } from '#src/observer/claims/sensitive.ts'
import { validateClaim } from '#src/observer/claims/validate-claims.ts'
import { workMs } from '#test/support/work-ms.ts'
import { aProposal, type Case, casesOf, type Half, linesOf, sameWords } from './fixtures.ts'

const halves: readonly Half[] = ['tuning', 'report']

/** The figures are read by people, too. */
function tell(what: string, half: Half, count: number, of: number): void {
  process.stdout.write(`${what}, ${half} half: ${count} of ${of}\n`)
}

function keeps({ proposed, message, kept }: Case): boolean {
  const verdict = validateClaim(proposed, [message])
  if (!('claim' in verdict)) return false
  const { claim } = verdict
  return sameWords(`${claim.polarity === -1 ? '-' : ''}${claim.value}`, kept)
}

/** The first was there while the patterns were made; of `everyday` they saw one half, of the rest none when each was first measured. */
const lists = ['', 'everyday-', 'unseen-', 'later-', 'last-', 'fresh-']

it('judges by at least 500 claims of a fooled model in at least ten families, and by 200 right ones', () => {
  const all = lists.flatMap(list => casesOf(`${list}adversarial.txt`))
  expect(all.length).toBeGreaterThanOrEqual(500)
  expect(new Set(all.map(({ part }) => part)).size).toBeGreaterThanOrEqual(10)
  expect(lists.flatMap(list => casesOf(`${list}correct.txt`)).length).toBeGreaterThanOrEqual(200)
})

describe.each(lists)('claims that a fooled model makes (%sadversarial)', list => {
  const cases = casesOf(`${list}adversarial.txt`)

  it.each(halves)('are never stored (%s half)', half => {
    const its = cases.filter(one => one.half === half)
    const stored = its.filter(({ proposed, message }) => 'claim' in validateClaim(proposed, [message]))
    tell(`${list}adversarial claims stored`, half, stored.length, its.length)
    expect(stored.map(({ line }) => line)).toEqual([])
  })

  it.each(halves)('are not made by patterns, either (%s half)', half => {
    const its = cases.filter(one => one.half === half)
    const made = its.filter(({ message, proposed }) =>
      detectClaims([message]).some(({ slot, value }) => slot === proposed.slot && sameWords(value, proposed.value)),
    )
    tell(`${list}adversarial claims detected`, half, made.length, its.length)
    expect(made.map(({ line }) => line)).toEqual([])
  })
})

describe.each(lists)('claims that are right (%scorrect)', list => {
  const cases = casesOf(`${list}correct.txt`)

  it.each(halves)('are kept in at least 95 of 100 cases (%s half)', half => {
    const its = cases.filter(one => one.half === half)
    const kept = its.filter(keeps)
    tell(`${list}right claims kept`, half, kept.length, its.length)
    expect(kept.length / its.length).toBeGreaterThanOrEqual(0.95)
  })

  it.each(halves)('are found by patterns alone in at least 70 of 100 cases (%s half)', half => {
    const its = cases.filter(one => one.half === half)
    const found = its.filter(({ message, proposed, kept }) =>
      detectClaims([message]).some(
        ({ slot, value, polarity }) =>
          slot === proposed.slot && sameWords(`${polarity === -1 ? '-' : ''}${value}`, kept),
      ),
    )
    tell(`${list}right claims found without a model`, half, found.length, its.length)
    expect(found.length / its.length).toBeGreaterThanOrEqual(0.7)
  })

  it('carry a quote that stands in the message as it was sent', () => {
    for (const { proposed, message } of cases) {
      const verdict = validateClaim(proposed, [message])
      if (!('claim' in verdict)) continue
      const { quote, start, length } = verdict.claim
      expect(message.text.slice(start, start + length)).toBe(quote)
    }
  })
})

describe('sensitive statements', () => {
  const lines = linesOf('sensitive.txt')
  const forbidden = ['health', 'mental', 'finance', 'legal', 'other']
  const allowed = ['work', 'education', 'schedule']

  it.each(halves)('are dropped in at least 98 of 100 cases (%s half)', half => {
    const its = lines.filter(line => line.half === half && forbidden.includes(line.part))
    const dropped = its.filter(({ line }) => sensitiveKind(line) !== 'none')
    tell('sensitive statements dropped', half, dropped.length, its.length)
    expect(dropped.length / its.length).toBeGreaterThanOrEqual(0.98)
  })

  it.each(halves)('are not seen in more than 10 of 100 about work, education and schedule (%s half)', half => {
    const its = lines.filter(line => line.half === half && allowed.includes(line.part))
    const dropped = its.filter(({ line }) => sensitiveKind(line) !== 'none')
    tell('harmless statements dropped', half, dropped.length, its.length)
    expect(dropped.length / its.length).toBeLessThanOrEqual(0.1)
  })

  it('are stored by no claim, whatever the slot', () => {
    const stored = lines.filter(
      ({ part, line }) => forbidden.includes(part) && inEverySlot(line).some(verdict => 'claim' in verdict),
    )
    expect(stored.map(({ line }) => line)).toEqual([])
  })
})

describe('ordinary life', () => {
  const lines = linesOf('ordinary.txt')
  const isNeverKept = ({ part }: Readonly<{ part: string }>) => part === 'never kept'

  it.each(halves)('is seldom taken for what is never kept, though it has its words (%s half)', half => {
    const its = lines.filter(line => line.half === half && !isNeverKept(line))
    const dropped = its.filter(({ line }) => sensitiveKind(line) !== 'none')
    tell('ordinary statements dropped', half, dropped.length, its.length)
    expect(dropped.length / its.length).toBeLessThanOrEqual(0.1)
  })

  it.each(halves)('has words for what is never kept, and all of them are known (%s half)', half => {
    const its = lines.filter(line => line.half === half && isNeverKept(line))
    expect(its.length).toBeGreaterThanOrEqual(50)
    expect(its.filter(({ line }) => sensitiveKind(line) === 'none').map(({ line }) => line)).toEqual([])
    expect(its.filter(({ line }) => inEverySlot(line).some(verdict => 'claim' in verdict))).toEqual([])
  })

  it('lends no word to what stands beside it', () => {
    const beside = [
      "I'm a bank teller, and my bank closed my account.",
      'I use a password manager for my password.',
      'I live next to the hospital because I need chemo.',
      'I like crime novels since I was in prison.',
      'I feel close to the church.',
      "I'm sick of living.",
      'I stood in front of the court.',
    ]
    expect(beside.filter(line => sensitiveKind(line) === 'none')).toEqual([])
  })
})

describe('what people believe about the world', () => {
  const lines = linesOf('misconceptions.txt')

  it.each(halves)('is never stored (%s half)', half => {
    const its = lines.filter(line => line.half === half)
    const stored = its.filter(
      ({ line }) => inEverySlot(line).some(verdict => 'claim' in verdict) || detectClaims([aMessage(line)]).length > 0,
    )
    tell('misconceptions stored', half, stored.length, its.length)
    expect(stored.map(({ line }) => line)).toEqual([])
  })
})

function aMessage(text: string) {
  return { id: messageId('discord', undefined, '1', '2'), text }
}

/** All that a model could make of a sentence: its words, from its begin and from its end, in each slot. */
function inEverySlot(line: string) {
  const words = line.replace(/[.!?]+$/, '').split(' ')
  const values = [words.slice(-2), words.slice(-3), words.slice(-5), words.slice(2), words.slice(1)].map(some =>
    some.join(' ').slice(0, 80),
  )
  const heard = [aMessage(line)]
  return Object.keys(slots).flatMap(slot =>
    values.map(value => validateClaim(aProposal({ quote: line, slot: slot as keyof typeof slots, value }), heard)),
  )
}

describe('a message that nobody would write', () => {
  // Some of these took seconds where a pattern began anew at each character.
  it.each([
    '"',
    '`',
    '<',
    '> ',
    'a',
    '1:',
    '....',
    'please just always ',
    'my my ',
    'and i ',
    'a@',
    '<a>',
    'translate ',
    'my boss said ',
    'la la ',
    'ok thanks ',
  ])('is read in far less than a second, be it all %j', async piece => {
    const text = piece.repeat(40_000 / piece.length)
    expect(await workMs(() => detectClaims([aMessage(text)]))).toBeLessThan(2_000)
  })
})
