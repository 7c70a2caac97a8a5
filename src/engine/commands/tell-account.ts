import type { PersonId } from '#src/core/ids.ts'
import type { Account } from '#src/core/links.ts'

/** A name is whatever its owner wrote: it may call nobody, and look like nothing but a name. */
const longestName = 40

/** An account in words: its name, and where it is. */
export function tellAccount({ person, name }: Account): string {
  const plain = name
    .normalize('NFKC')
    .replace(/[^\p{L}\p{M}\p{N}' .-]+/gu, ' ')
    .replace(/\s+/g, ' ')
    .trim()
  return `**${plain === '' ? 'somebody' : [...plain].slice(0, longestName).join('')}** on ${platformOf(person)}`
}

function platformOf(person: PersonId): string {
  const platform = person.slice(0, person.indexOf(':'))
  return platform.slice(0, 1).toUpperCase() + platform.slice(1)
}
