import type { Database } from 'better-sqlite3'
import { DefectError } from '#src/core/errors.ts'
import {
  type ConversationId,
  type EventKey,
  type MessageId,
  type PersonId,
  type TurnId,
  turnId,
} from '#src/core/ids.ts'
import type { Asked, Reply, Turn, TurnOutcome } from '#src/core/turn.ts'
import type { Draft, GrownReply, Turns } from '#src/core/turns.ts'
import type { Conversations } from './conversations.ts'
import type { Drafts } from './drafts.ts'
import type { Events } from './events.ts'
import { createGaps } from './gaps.ts'
import { createLeftBehind } from './left-behind.ts'
import type { Messages } from './messages.ts'
import type { People } from './people.ts'
import type { ReplyParts } from './reply-parts.ts'
import { nextIdIn } from './side-by-side.ts'
import type { UnitOfWork } from './unit-of-work.ts'

type Parts = Readonly<{
  people: People
  conversations: Conversations
  events: Events
  messages: Messages
  drafts: Drafts
  replyParts: ReplyParts
  /** Leaves a closed turn to the observer. */
  observe(turn: Turn, rows: Readonly<{ conversation: number; person: number; turn: number }>, at: Date): void
  unit: UnitOfWork
  single: UnitOfWork
  now: () => Date
}>

type OpenRow = Readonly<{
  id: number
  conversation_id: number
  asker_id: number
  ordinal: number
  run: number
  unlearnt: number
}>

/** The ledger: received → answering → done | cut off | stopped | failed. */
export function createTurns(db: Database, parts: Parts): Omit<Turns, 'turnAway' | 'overhear'> {
  const { people, conversations, events, messages, drafts, replyParts, observe, unit, single, now } = parts
  const rows = createTurnRows(db)
  const leftBehind = createLeftBehind(db)
  const gaps = createGaps(db)

  function standing(event: EventKey, conversation: number): number {
    const ordinal = messages.waiting(event, conversation)
    if (ordinal === undefined) throw new DefectError(`${event} does not wait for a turn in its conversation.`)
    return ordinal
  }

  function putDraft(turn: TurnId, draft: Draft): void {
    if (!drafts.put(turn, draft)) throw notOpen(turn)
  }

  return {
    receive: unit((asked: Asked) => {
      if (!events.take(asked.key, now())) return 'known'
      const conversation = conversations.put(asked.place)
      conversations.hear(conversation, asked.at)
      const isNew = messages.ask(asked, conversation, people.put(asked.person))
      return isNew ? 'new' : 'known'
    }),

    stillWaiting: asked =>
      new Map(
        asked.flatMap(event => {
          const text = messages.unanswered(event)
          return text === undefined ? [] : [[event, text] as const]
        }),
      ),

    begin: unit((key: ConversationId, asker: PersonId, asked: readonly EventKey[], at: Date) => {
      const conversation = conversations.idOf(key)
      const askerRow = people.idOf(asker)
      if (conversation === undefined || askerRow === undefined || asked.length === 0) {
        throw new DefectError(`A turn of ${asker} in ${key} answers nothing that was received there.`)
      }
      const ordinal = Math.max(...asked.map(event => standing(event, conversation)))
      const turn = rows.open(conversation, askerRow, ordinal, at)
      for (const event of asked) messages.take(event, turn.id)
      return turnId(turn.key)
    }),

    join: unit((turn: TurnId, asked: EventKey) => {
      const open = rows.find(turn)
      const ordinal = standing(asked, open.conversation_id)
      messages.take(asked, open.id)
      if (ordinal > open.ordinal) rows.moveTo(open.id, ordinal)
    }),

    shown: unit((turn: TurnId, part: number, message: MessageId) => replyParts.put(rows.idOf(turn), part, message)),

    draft: single(putDraft),

    drafts: unit((grown: readonly GrownReply[]) => {
      for (const { turn, draft } of grown) putDraft(turn, draft)
    }),

    finish: unit((turn: Turn, reply: Reply, at: Date, isObserved = false) => {
      const closed = rows.close(turn.id, reply.outcome, at)
      const { id, conversation_id: conversation, asker_id: person, ordinal, ...row } = closed
      replyParts.settle(id, reply.messages)
      drafts.drop(id)
      if (reply.text.trim() === '') return
      messages.answer({ conversation, person, turn: id, ordinal, said: at.getTime(), text: reply.text })
      // What another reply takes the place of was learnt from then: the same words do not count twice.
      if (isObserved && (row.run === 0 || row.unlearnt === 1)) observe(turn, { conversation, person, turn: id }, at)
    }),

    waiting: leftBehind.waiting,
    open: leftBehind.open,

    reopen: unit((turn: TurnId, asker: PersonId) =>
      rows.reopen(turn, asker) ? leftBehind.open().find(open => open.turn.id === turn) : undefined,
    ),

    showing: replyParts.turnOf,

    heardUntil: platform => gaps.since(platform) ?? conversations.heardUntil(platform),
    noteGap: unit(gaps.note),
    fillGap: unit(gaps.fill),
    noteRead: unit(gaps.read),
    readUntil: gaps.readUntil,
    placesSince: conversations.heardSince,
  }
}

function notOpen(key: TurnId): DefectError {
  return new DefectError(`The turn ${key} is not open: it was closed, or never begun.`)
}

function createTurnRows(db: Database) {
  const insert = db.prepare<
    { conversation: number; asker: number; ordinal: number; at: number },
    { id: number; key: string }
  >(
    `INSERT INTO turn (id, conversation_id, asker_id, ordinal, begun_at)
     VALUES (${nextIdIn('turn')}, :conversation, :asker, :ordinal, :at)
     RETURNING id, key`,
  )
  const idOf = db.prepare<{ key: string }, number>('SELECT id FROM turn WHERE key = :key').pluck()
  const find = db.prepare<{ key: string }, OpenRow>(
    "SELECT id, conversation_id, asker_id, ordinal, run, unlearnt FROM turn WHERE key = :key AND state = 'answering'",
  )
  const moveTo = db.prepare<{ id: number; ordinal: number }>('UPDATE turn SET ordinal = :ordinal WHERE id = :id')
  const close = db.prepare<{ id: number; state: TurnOutcome; at: number }>(
    `UPDATE turn SET state = :state, closed_at = :at, unlearnt = 0,
       note = (SELECT note FROM draft WHERE turn_id = :id) WHERE id = :id`,
  )

  const reopen = db.prepare<{ key: string; asker: string }>(
    `UPDATE turn SET state = 'answering', closed_at = NULL
     WHERE key = :key AND state = 'failed' AND asker_id = (SELECT id FROM person WHERE key = :asker)`,
  )

  function findOpen(key: TurnId): OpenRow {
    const row = find.get({ key })
    if (row === undefined) throw notOpen(key)
    return row
  }

  return {
    find: findOpen,
    open(conversation: number, asker: number, ordinal: number, at: Date): { id: number; key: string } {
      const row = insert.get({ conversation, asker, ordinal, at: at.getTime() })
      if (row === undefined) throw new DefectError('SQLite returned no row for a new turn.')
      return row
    },
    idOf(key: TurnId): number {
      const id = idOf.get({ key })
      if (id === undefined) throw new DefectError(`There is no turn ${key}.`)
      return id
    },
    moveTo(id: number, ordinal: number): void {
      moveTo.run({ id, ordinal })
    },
    reopen(key: TurnId, asker: PersonId): boolean {
      return reopen.run({ key, asker }).changes === 1
    },
    close(key: TurnId, state: TurnOutcome, at: Date): OpenRow {
      const row = findOpen(key)
      close.run({ id: row.id, state, at: at.getTime() })
      return row
    },
  }
}
