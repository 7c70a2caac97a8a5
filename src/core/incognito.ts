import type { HistoryPosition } from './history.ts'
import { type ConversationId, conversationId } from './ids.ts'
import { isShared, type Place } from './place.ts'

/** Since when, and behind which place of the transcript, somebody is incognito in a conversation. */
export const incognitoPreference = 'incognito'

/** What somebody means who says it there: a DM with all of its threads, or that very conversation. */
export function incognitoTalk(place: Place): ConversationId {
  return conversationId(isShared(place) ? place : { ...place, thread: undefined })
}

type Incognito = Readonly<{ since: Date; after: HistoryPosition | undefined }>

export function writeIncognito({ since, after }: Incognito): string {
  return `${since.toISOString()} ${after ?? ''}`
}

export function readIncognito(value: string): Incognito {
  const [since = '', after = ''] = value.split(' ')
  return { since: new Date(since), after: after === '' ? undefined : (after as HistoryPosition) }
}
