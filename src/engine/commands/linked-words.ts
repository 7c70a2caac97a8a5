import type { CommandContext } from './command.ts'
import { tellAccount } from './tell-account.ts'

/** The accounts that somebody's is linked with, in words; empty: none. */
export async function tellLinked({ store, person }: Pick<CommandContext, 'store' | 'person'>): Promise<string> {
  return (await store.links.of(person.id)).map(({ other }) => tellAccount(other)).join(', ')
}

/** A sentence to put behind what counts for one account alone, for somebody who has linked others; or nothing. */
export async function forThisAccount(context: CommandContext, otherwise: string): Promise<string> {
  const linked = await tellLinked(context)
  return linked === '' ? '' : ` This is for this account alone; ${otherwise} ${linked}.`
}
