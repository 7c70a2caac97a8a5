import { DefectError, RefusedError, UnavailableError } from '#src/core/errors.ts'
import type { WriteOutcome } from '#src/core/surface.ts'
import { type Fault, isTokenRefusal } from './faults.ts'

/** What the refusals that we meet ask the operator to do. */
const meanings: Readonly<Record<string, string>> = {
  cannot_reply_to_message: 'the message that was to be answered is gone',
  cant_update_message: 'the message is not ours to edit',
  channel_not_found: 'the channel is gone, or Aeries may not see it',
  edit_window_closed: 'this workspace lets nobody edit messages of that age',
  is_archived: 'the channel is archived',
  is_inactive: 'the channel is archived',
  message_not_found: 'the message is gone',
  messages_tab_disabled: 'switch on the Messages tab in the settings of the app (App Home)',
  missing_scope: 'a permission is missing: take the newest manifest and install the app again',
  not_in_channel: 'Aeries is no member of the channel: /invite it',
  restricted_action: 'a setting of the workspace forbids it',
  user_not_in_channel: 'this person has left the channel',
}

/** Refusals that our own measure should have prevented. */
const defects: ReadonlySet<string> = new Set([
  'invalid_arguments',
  'invalid_blocks',
  'invalid_blocks_format',
  'markdown_text_conflict',
  'metadata_too_large',
  'msg_blocks_too_long',
  'msg_too_long',
  'no_text',
])

/** What became of a write whose request ended in this fault. */
export function outcomeOf(method: string, fault: Fault): Exclude<WriteOutcome, { outcome: 'written' }> {
  const { retryAfterMs, error } = fault
  if (retryAfterMs !== undefined) return { outcome: 'rate-limited', retryAfterMs }
  if (!fault.refused) return { outcome: 'unknown', cause: unavailable(method, fault) }
  const cause = defects.has(error ?? '') ? defect(method, fault) : refused(method, fault)
  return { outcome: 'gone', cause, ...(error === 'message_not_found' && { isMissing: true }) }
}

function refused(method: string, fault: Fault): RefusedError {
  const { error = 'unknown' } = fault
  const meaning = isTokenRefusal(error) ? 'the workspace took its token back' : meanings[error]
  const what = `Slack refused ${method} (${error})`
  return new RefusedError(meaning === undefined ? what : `${what}: ${meaning}`, { cause: fault })
}

function defect(method: string, fault: Fault): DefectError {
  return new DefectError(`Slack does not take what Aeries sent with ${method} (${fault.error})`, { cause: fault })
}

function unavailable(method: string, fault: Fault): UnavailableError {
  return new UnavailableError(`Slack may have carried ${method} out or not: ${fault.error ?? 'no answer'}`, {
    cause: fault,
  })
}
