import type { HistoryPosition } from './store.ts'

/** Since when, and behind which place of the transcript, somebody is incognito in a conversation. */
export const incognitoPreference = 'incognito'

type Incognito = Readonly<{ since: Date; after: HistoryPosition | undefined }>

export function writeIncognito({ since, after }: Incognito): string {
  return `${since.toISOString()} ${after ?? ''}`
}

export function readIncognito(value: string): Incognito {
  const [since = '', after = ''] = value.split(' ')
  return { since: new Date(since), after: after === '' ? undefined : (after as HistoryPosition) }
}
