import type { Database } from 'better-sqlite3'
import type { MessageId, PersonId } from '#src/core/ids.ts'
import type { Known } from '#src/core/learning.ts'
import type { LearningScope } from '#src/core/learning-scope.ts'
import type { Audience } from '#src/core/place.ts'
import type { Evidence } from '#src/core/trait.ts'
import type { WorkspaceId } from '#src/core/workspace.ts'
import type { BriefRows } from './brief-data.ts'
import { type PlaceColumns, placeColumns, placeOf } from './conversations.ts'
import type { HeardColumns, Hearing } from './heard-scopes.ts'
import { type TraitColumns, traitColumns, traitOf, traitWords } from './trait-rows.ts'

type EvidenceRow = Readonly<{ [Column in keyof PlaceColumns]: PlaceColumns[Column] | null }> &
  Readonly<{ trait_id: number; message_key: string; said_at: number; quote: string; audience: Audience | null }>

/** What somebody may see of themself: all of it, with the words that it rests on. */
export function createKnown(db: Database, hearing: Hearing, brief: BriefRows) {
  const names = db
    .prepare<{ person: string; workspace: string }, LearningScope>(
      `SELECT learning_scope.name FROM person JOIN learning_scope ON learning_scope.person_id = person.id
       WHERE person.key = :person AND workspace = :workspace ORDER BY learning_scope.id`,
    )
    .pluck()
  const workspaces = db
    .prepare<{ person: string }, WorkspaceId>(
      `SELECT DISTINCT workspace FROM person JOIN learning_scope ON learning_scope.person_id = person.id
       WHERE person.key = :person ORDER BY workspace`,
    )
    .pluck()
  const traits = db.prepare<HeardColumns, TraitColumns>(
    `SELECT ${traitColumns}
     FROM json_each(:heard) AS heard CROSS JOIN trait ON trait.scope_id = heard.value ${traitWords} ORDER BY trait.id`,
  )
  const evidence = db.prepare<{ trait: number }, EvidenceRow>(
    `SELECT trait.id AS trait_id, evidence.message_key, evidence.said_at, evidence.quote, ${placeColumns}
     FROM trait
     CROSS JOIN trait_piece ON trait_piece.trait_id = trait.id
     CROSS JOIN evidence ON evidence.id = trait_piece.evidence_id
     LEFT JOIN message ON message.key = evidence.message_key
     LEFT JOIN conversation ON conversation.id = message.conversation_id
     WHERE trait.id = :trait ORDER BY evidence.said_at, evidence.id`,
  )

  return {
    of(person: PersonId, workspace: WorkspaceId, at: Date): Known {
      const heard = hearing.own({ person, workspace, scopes: names.all({ person, workspace }) })
      return {
        traits: traits.all({ heard: heard.ids }).map(row => ({
          ...traitOf(row, heard),
          evidence: evidence.all({ trait: row.id }).map(evidenceOf),
        })),
        readings: brief.scoped(heard, at),
      }
    },
    workspaces: (person: PersonId): readonly WorkspaceId[] => workspaces.all({ person }),
  }
}

function evidenceOf({ message_key, said_at, quote, ...place }: EvidenceRow): Evidence {
  const isKept = place.platform !== null
  return {
    message: message_key as MessageId,
    place: isKept ? placeOf(place as PlaceColumns) : undefined,
    at: new Date(said_at),
    quote,
  }
}
