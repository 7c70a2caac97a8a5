import type { Database } from 'better-sqlite3'
import { DefectError } from '#src/core/errors.ts'
import type { EventKey } from '#src/core/ids.ts'
import type { Asked } from '#src/core/turn.ts'
import type { Turns } from '#src/core/turns.ts'
import type { Conversations } from './conversations.ts'
import type { Events } from './events.ts'
import type { Messages } from './messages.ts'
import type { People } from './people.ts'
import { nextIdIn } from './side-by-side.ts'
import type { UnitOfWork } from './unit-of-work.ts'

type Parts = Readonly<{
  people: People
  conversations: Conversations
  events: Events
  messages: Messages
  unit: UnitOfWork
  now: () => Date
}>

/** What is heard beside the exchanges. Words that were overheard stand in a turn of their own, closed from the first: it waits for nobody. */
export function createAside(db: Database, parts: Parts): Pick<Turns, 'turnAway' | 'overhear'> {
  const { people, conversations, events, messages, unit, now } = parts
  const close = db
    .prepare<{ conversation: number; person: number; ordinal: number; at: number }, number>(
      `INSERT INTO turn (id, conversation_id, asker_id, state, ordinal, begun_at, closed_at, is_overheard)
       VALUES (${nextIdIn('turn')}, :conversation, :person, 'done', :ordinal, :at, :at, 1)
       RETURNING id`,
    )
    .pluck()

  return {
    turnAway: unit((event: EventKey) => (events.take(event, now()) ? 'new' : 'known')),

    overhear: unit((said: Asked) => {
      if (!events.take(said.key, now())) return 'known'
      const conversation = conversations.put(said.place)
      conversations.hear(conversation, said.at)
      const person = people.put(said.person)
      if (!messages.ask(said, conversation, person)) return 'known'
      const ordinal = messages.waiting(said.key, conversation)
      if (ordinal === undefined) throw new DefectError('What was overheard is not where it was put.')
      const turn = close.get({ conversation, person, ordinal, at: said.at.getTime() })
      if (turn === undefined) throw new DefectError('SQLite returned no row for what was overheard.')
      messages.take(said.key, turn)
      return 'new'
    }),
  }
}

/** Who Aeries was in a reply. */
export function createPersonaColumn(db: Database) {
  const put = db.prepare<{ key: string; persona: string }>('UPDATE turn SET persona = :persona WHERE key = :key')
  return { put: (key: string, persona: string): void => void put.run({ key, persona }) }
}
