import type { Awaitable } from './awaitable.ts'
import type { ConversationId, MessageId, PersonId } from './ids.ts'

/**
 * Takes out what somebody said, with the answers to it, so that it stands nowhere any more, and writes down that it is gone, so that no
 * backup brings it back. A turn that is being answered is stopped before.
 */
export interface Forget {
  /** Everything that a person said anywhere. */
  person(id: PersonId): Awaitable<void>
  /** Everything that was said in a place. */
  conversation(id: ConversationId): Awaitable<void>
  /** One message of a person with the answer to it; or, by one of the messages that show it, one answer. */
  message(id: MessageId): Awaitable<void>
}
