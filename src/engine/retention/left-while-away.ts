import type { Log } from '#src/core/log.ts'
import type { Store } from '#src/core/store.ts'

/**
 * The workspaces where something was said and that Aeries is in no more: it was taken out of them while nobody listened. None
 * when it is in none of those that it knows: then rather another account was set.
 */
export async function leftWhileAway(
  store: Pick<Store, 'retention'>,
  platform: string,
  present: readonly string[],
  log: Log,
): Promise<readonly string[]> {
  const known = await store.retention.workspaces(platform)
  const left = known.filter(workspace => !present.includes(workspace))
  if (left.length === 0 || left.length < known.length) return left
  const cure = 'if this is the account of before, npm run person and RETENTION_DAYS take out what was said there'
  log.warn({ platform, workspaces: left.length, cure }, 'Aeries is in none of the places that it was in before')
  return []
}
