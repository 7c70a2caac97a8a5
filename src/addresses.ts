import { z } from 'zod'

/** Where a server is. */
export const address = z
  .url({ protocol: /^https?$/, abort: true, error: 'must be an address like http://127.0.0.1:8000' })
  .refine(text => !hasUser(text), 'must name no user and no password')

/** Where several are that do the same, commas between them; at least one. */
export const addresses = z
  .string()
  .transform(partsOf)
  .pipe(
    z
      .array(address)
      .min(1, 'must name a server')
      .refine(all => new Set(all.map(withoutEnd)).size === all.length, 'must name each server once'),
  )

/** What may be told of a wrong setting: of several addresses the one, and nothing of what stands before a host. */
export function tellAddress(value: string, at: string | undefined): string {
  const parts = partsOf(value)
  // A comma may stand in a password, too: then only what follows all of it is told.
  const isTorn = parts.some(part => part.includes('@') && !part.includes('://'))
  const told = isTorn || at === undefined ? value : (parts[Number(at)] ?? value)
  return told.replace(/^.*@/s, '…@')
}

function partsOf(list: string): string[] {
  return list
    .split(',')
    .map(part => part.trim())
    .filter(part => part !== '')
}

function withoutEnd(text: string): string {
  return text.replace(/\/+$/, '').replace(/\/v1$/, '')
}

function hasUser(text: string): boolean {
  if (!URL.canParse(text)) return false
  const { username, password } = new URL(text)
  return username + password !== ''
}
