import type { Database } from 'better-sqlite3'
import type { PersonId } from '#src/core/ids.ts'
import type { Account, Link } from '#src/core/links.ts'

type Row = Readonly<{ peer: string; peer_name: string; linked_at: number; here: number; there: number }>

/** Links, each of them two rows. */
export function createLinkRows(db: Database) {
  const of = db.prepare<{ person: string }, Row>(
    `SELECT link.peer, link.peer_name, link.linked_at, link.gives_facts AS here, back.gives_facts AS there
     FROM link CROSS JOIN link AS back ON back.account = link.peer AND back.peer = link.account
     WHERE link.account = :person ORDER BY link.id`,
  )
  const put = db.prepare<{ account: string; peer: string; name: string; at: number }>(
    'INSERT INTO link (account, peer, peer_name, linked_at) VALUES (:account, :peer, :name, :at)',
  )
  const giveFacts = db.prepare<{ person: string; isOn: number }>(
    'UPDATE link SET gives_facts = :isOn WHERE account = :person',
  )
  const drop = db.prepare<{ one: string; other: string }>(
    'DELETE FROM link WHERE (account = :one AND peer = :other) OR (account = :other AND peer = :one)',
  )

  return {
    of: (person: PersonId): readonly Link[] =>
      of.all({ person }).map(({ peer, peer_name: name, linked_at, here, there }) => ({
        other: { person: peer as PersonId, name },
        since: new Date(linked_at),
        facts: { here: here === 1, there: there === 1 },
      })),
    put(one: Account, other: Account, at: Date): void {
      put.run({ account: one.person, peer: other.person, name: other.name, at: at.getTime() })
      put.run({ account: other.person, peer: one.person, name: one.name, at: at.getTime() })
    },
    giveFacts(person: PersonId, isOn: boolean): void {
      giveFacts.run({ person, isOn: isOn ? 1 : 0 })
    },
    drop(one: PersonId, other: PersonId): void {
      drop.run({ one, other })
    },
  }
}
