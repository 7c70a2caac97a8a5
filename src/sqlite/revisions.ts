import type { Database } from 'better-sqlite3'
import type { EventKey, MessageId, PersonId, TurnId } from '#src/core/ids.ts'
import type { KnownTurn, Revisions, SupersedeCause } from '#src/core/revisions.ts'
import type { Turn } from '#src/core/turn.ts'
import type { OpenTurn } from '#src/core/turns.ts'
import type { Drafts } from './drafts.ts'
import type { Events } from './events.ts'
import type { Forgotten } from './forgotten.ts'
import { createLeftBehind } from './left-behind.ts'
import { createPurge } from './purge.ts'
import type { ReplyParts } from './reply-parts.ts'
import { createRevisionRows, type TurnRow } from './revision-rows.ts'
import type { UnitOfWork } from './unit-of-work.ts'
import { createLearningRows, createUnlearn } from './unlearn.ts'
import { createWishes } from './wishes.ts'

type Parts = Readonly<{
  events: Events
  drafts: Drafts
  replyParts: ReplyParts
  /** Leaves a closed turn to the observer. */
  observe(turn: Turn, rows: Readonly<{ conversation: number; person: number; turn: number }>, at: Date): void
  forgotten: Forgotten
  unit: UnitOfWork
  now: () => Date
  /** Has the write-ahead log emptied: what was purged stands in it. */
  emptyLog(): void
}>

/** What people change about what was said. */
export function createRevisions(db: Database, parts: Parts): Revisions {
  const { events, drafts, replyParts, observe, forgotten, unit, now, emptyLog } = parts
  const rows = createRevisionRows(db)
  const leftBehind = createLeftBehind(db)
  const unlearn = createUnlearn(db, createLearningRows(db))
  const purge = createPurge(db, unlearn, now)

  function knownTurn(row: TurnRow | undefined): KnownTurn | undefined {
    const turn = row && leftBehind.turnOf(row.id)
    if (row === undefined || turn === undefined) return undefined
    const { state, note, text, closed_at: closed } = row
    return {
      turn,
      reply: state === 'answering' ? undefined : { outcome: state, text: text ?? '', messages: replyParts.of(row.id) },
      note: note ?? undefined,
      closedAt: closed === null ? undefined : new Date(closed),
      isNewest: rows.isNewest(row),
      isNewestOfAsker: rows.isNewestOfAsker(row),
      isWithdrawn: row.withdrawn === 1,
      superseded: rows.kept(row.id)?.cause,
    }
  }

  function opened(turn: TurnId): OpenTurn | undefined {
    return leftBehind.open().find(open => open.turn.id === turn)
  }

  /** A turn that another reply may be given to. */
  function closed(turn: TurnId): TurnRow | undefined {
    const row = rows.find(turn)
    return row === undefined || row.state === 'answering' || row.withdrawn === 1 ? undefined : row
  }

  function supersede(turn: TurnId, { cause, inPlace }: { cause: SupersedeCause; inPlace: boolean }) {
    const row = closed(turn)
    if (row === undefined || row.state === 'answering') return undefined
    const { id, run, state: outcome, note, text } = row
    if (text !== null) rows.keep(id, { run, cause, in_place: inPlace ? 1 : 0, outcome, note, text })
    if (!inPlace) rows.setAside(id, run)
    rows.putOffLearning(id)
    if (cause === 'edit') rows.unlearnt(id)
    rows.dropReply(id)
    rows.open(id)
    return opened(turn)
  }

  function goOn(turn: TurnId): OpenTurn | undefined {
    const row = closed(turn)
    if (row === undefined || row.text === null) return undefined
    rows.putOffLearning(row.id)
    rows.dropReply(row.id)
    rows.open(row.id)
    rows.carryOpinions(row.id, row.run)
    drafts.put(turn, { text: row.text, end: undefined })
    return opened(turn)
  }

  function beginAnew(turn: TurnId): OpenTurn | undefined {
    const row = rows.find(turn)
    if (row?.state !== 'answering') return undefined
    rows.ofOldWords(row.id)
    rows.dropReply(row.id)
    rows.open(row.id)
    return opened(turn)
  }

  function restore(turn: TurnId, by?: SupersedeCause): OpenTurn | undefined {
    const row = rows.find(turn)
    const kept = row && rows.kept(row.id)
    if (row === undefined || kept === undefined || row.withdrawn === 1) return undefined
    if (by !== undefined && kept.cause !== by) return undefined
    const { id } = row
    rows.putOffLearning(id)
    for (const message of replyParts.of(id)) unlearn.source(message, now())
    rows.dropReply(id)
    if (kept.in_place === 0) {
      rows.removeParts(id)
      rows.takeBack(id, kept.run)
    }
    rows.dropSuperseded(id, kept.run)
    rows.open(id)
    rows.carryOpinions(id, kept.run)
    drafts.put(turn, { text: kept.text, end: { outcome: kept.outcome, note: kept.note ?? undefined } })
    return opened(turn)
  }

  function withdraw(turn: TurnId, at: Date): void {
    const row = rows.find(turn)
    if (row === undefined || row.withdrawn === 1) return
    const { id } = row
    for (const message of replyParts.ever(id)) {
      forgotten.add('message', message, at)
      unlearn.source(message, now())
    }
    rows.removeParts(id)
    rows.removeSuperseded(id)
    rows.dropAllSuperseded(id)
    rows.dropReply(id)
    rows.dropJob(id)
    rows.withdraw(id, at)
  }

  /** With everything that answered it. */
  function purgeOne(message: MessageId): TurnRow | undefined {
    const superseded = rows.supersededIn(message)
    if (superseded !== undefined) {
      forgotten.add('message', message, now())
      unlearn.source(message, now())
      rows.removeRun(superseded.id, superseded.run)
      rows.removed(message)
      rows.dropSuperseded(superseded.id, superseded.run)
      return undefined
    }
    const row = rows.about(message)
    forgotten.add('message', message, new Date(Math.max(now().getTime(), purge.newest('message', message))))
    if (row === undefined) {
      unlearn.source(message, now())
      purge.message(message)
      return undefined
    }
    for (const shown of replyParts.ever(row.id)) unlearn.source(shown, now())
    rows.removeParts(row.id)
    rows.removeSuperseded(row.id)
    purge.message(message)
    return rows.find(row.key as TurnId)
  }

  function purgeAll(messages: readonly MessageId[], answersAnewSince: Date): readonly OpenTurn[] {
    const left = new Map<number, TurnRow>()
    for (const message of messages) {
      const row = purgeOne(message)
      if (row !== undefined) left.set(row.id, row)
    }
    // Of a turn with several questions the others are still to be answered, or were and are not any more.
    return [...left.values()].flatMap(({ id, key, closed_at: closedAt, withdrawn }) => {
      if (leftBehind.turnOf(id) === undefined || withdrawn === 1) return []
      rows.dropAllSuperseded(id)
      rows.dropReply(id)
      rows.dropJob(id)
      if (closedAt !== null && closedAt < answersAnewSince.getTime()) rows.withdraw(id, now())
      else {
        rows.dropOpinions(id)
        // Nothing was learnt from what is left of it yet.
        rows.unlearnt(id)
        rows.open(id)
      }
      return opened(key as TurnId) ?? []
    })
  }

  function correct(message: MessageId, person: PersonId, text: string, learnsAnew: boolean): boolean {
    if (!rows.correct(message, person, text)) return false
    unlearn.source(message, now())
    const row = rows.about(message)
    if (row === undefined) return true
    rows.dropJob(row.id)
    const turn = leftBehind.turnOf(row.id)
    if (row.state === 'answering') rows.unlearnt(row.id)
    else if (learnsAnew && turn && row.text !== null && row.withdrawn === 0) {
      observe(turn, { conversation: row.conversation, person: row.person, turn: row.id }, now())
    }
    return true
  }

  const purging = unit(purgeAll)

  /** Platforms tell of every deletion, also of what nobody said to Aeries: that costs no more than a look. */
  function isKnown(message: MessageId): boolean {
    // What words taught may have outlived them.
    return rows.about(message) !== undefined || purge.newest('message', message) > 0 || unlearn.knows(message)
  }

  return {
    ...createWishes(db, { events, unit, now }),
    once: unit((key: EventKey) => events.take(key, now())),
    known: turn => knownTurn(rows.find(turn)),
    about: message => knownTurn(rows.about(message)),
    isSuperseded: message => rows.supersededIn(message) !== undefined,
    supersede: unit(supersede),
    goOn: unit(goOn),
    beginAnew: unit(beginAnew),
    restore: unit(restore),
    withdraw: unit(withdraw),
    correct: unit(correct),
    purge: (messages, answersAnewSince) => {
      const known = messages.filter(isKnown)
      if (known.length === 0) return []
      const left = purging(known, answersAnewSince)
      emptyLog()
      return left
    },
    dismiss: unit((turn: TurnId, message: MessageId) => {
      const row = rows.find(turn)
      if (row === undefined) return
      rows.dropPart(message)
      rows.remove(message, row.conversation)
    }),
    removals: rows.removals,
    removed: unit((message: MessageId) => {
      rows.removed(message)
    }),
  }
}
