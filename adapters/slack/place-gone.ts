import { isTokenRefusal } from './faults.ts'

const words: ReadonlySet<string> = new Set([
  'cannot_reply_to_message',
  'channel_not_found',
  'is_archived',
  'is_inactive',
  'messages_tab_disabled',
  'missing_scope',
  'not_in_channel',
  'restricted_action',
  'thread_not_found',
])

/** Whether Slack's refusal of a stream is one of any message in that place. */
export function isPlaceGone(word: string | undefined): boolean {
  return word !== undefined && (words.has(word) || isTokenRefusal(word) || word.startsWith('restricted_action'))
}
