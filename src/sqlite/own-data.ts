import type { Database } from 'better-sqlite3'
import type { ConversationId, MessageId, PersonId } from '#src/core/ids.ts'
import type { LearningScope } from '#src/core/learning-scope.ts'
import type { OwnData, Reason } from '#src/core/own-data.ts'
import type { SignalKind } from '#src/core/signal.ts'
import type { WorkspaceId } from '#src/core/workspace.ts'
import { ordinalsPerMs } from './messages.ts'
import { parsePosition } from './position.ts'
import { below, readReason } from './reasons.ts'
import type { UnitOfWork } from './unit-of-work.ts'

type SignalRow = Readonly<{
  workspace: string
  scope: string
  kind: SignalKind
  key: string
  value: string
  weight: number
  at: number
  message_key: string
}>

export function createOwnData(db: Database, unit: UnitOfWork): OwnData {
  const closeWindow = db.prepare<{ conversation: string; from: number; to: number }>(
    `UPDATE conversation SET window_id = 0, window_ordinal = max(
       window_ordinal,
       :from,
       coalesce((SELECT max(ordinal) + 1 FROM message WHERE message.conversation_id = conversation.id AND ordinal < :to), 0)
     ) WHERE key = :conversation`,
  )
  const closeSessions = db.prepare<{ conversation: string; person: string; at: number }>(
    `UPDATE session SET closed_at = :at WHERE closed_at IS NULL
       AND person_id = (SELECT id FROM person WHERE key = :person)
       AND conversation_id = (SELECT id FROM conversation WHERE key = :conversation)`,
  )
  const signals = db.prepare<{ person: string }, SignalRow>(
    `SELECT workspace, learning_scope.name AS scope, signal.kind, signal.key, signal.value, signal.weight, signal.at,
       signal.message_key
     FROM person
     CROSS JOIN learning_scope ON learning_scope.person_id = person.id
     CROSS JOIN signal ON signal.scope_id = learning_scope.id
     WHERE person.key = :person ORDER BY signal.at, signal.id`,
  )
  const saidSince = db.prepare<
    { person: string; conversation: string; ordinal: number },
    { key: string; said_at: number }
  >(
    `SELECT message.key, message.said_at FROM person
     CROSS JOIN message INDEXED BY message_of_person ON message.person_id = person.id AND message.ordinal > :ordinal
     CROSS JOIN conversation ON conversation.id = message.conversation_id AND ${below}
     WHERE person.key = :person AND message.role = 'person'
     ORDER BY message.ordinal, message.id`,
  )
  const reason = readReason(db)

  return {
    startAnew: unit((conversation: ConversationId, person: PersonId, at: Date, saidAt?: Date) => {
      const from = (saidAt?.getTime() ?? 0) * ordinalsPerMs
      closeWindow.run({ conversation, from, to: saidAt ? from + ordinalsPerMs : Number.MAX_SAFE_INTEGER })
      closeSessions.run({ conversation, person, at: at.getTime() })
    }),
    reason: (person, of): Reason | undefined => reason(person, of),
    signals: person =>
      signals.all({ person }).map(({ workspace, scope, at, message_key, ...row }) => ({
        ...row,
        workspace: workspace as WorkspaceId,
        scope: scope as LearningScope,
        at: new Date(at),
        message: message_key as MessageId,
      })),
    saidSince(person, conversation, after) {
      const ordinal = after === undefined ? -1 : parsePosition(after).ordinal
      const said = saidSince.all({ person, conversation, ordinal })
      return said.map(({ key, said_at }) => ({ message: key as MessageId, at: new Date(said_at) }))
    },
  }
}
