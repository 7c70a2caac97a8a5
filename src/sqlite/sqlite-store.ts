import { statSync } from 'node:fs'
import Sqlite, { type Database } from 'better-sqlite3'
import type { InstallationStore } from '#src/core/installations.ts'
import type { Log } from '#src/core/log.ts'
import type { SignIns } from '#src/core/sign-ins.ts'
import type { Store } from '#src/core/store.ts'
import type { Talks } from '#src/core/talks.ts'
import type { Turns } from '#src/core/turns.ts'
import { createAccessRules } from './access-rules.ts'
import { createAside, createPersonaColumn } from './aside.ts'
import { createBriefData } from './brief-data.ts'
import { Checkpointer } from './checkpointer.ts'
import { createCohorts } from './cohorts.ts'
import { createConversations } from './conversations.ts'
import { oldCopies } from './copy-before-migration.ts'
import { databaseFiles } from './database-files.ts'
import { createDesk, type Desk } from './desk.ts'
import { createDrafts } from './drafts.ts'
import { createEvents } from './events.ts'
import { createForget, wasForgotten } from './forget.ts'
import { type Forgotten, forgottenInMemory, openForgotten } from './forgotten.ts'
import { createHearing } from './heard-scopes.ts'
import { createHistory } from './history.ts'
import { createInstallations } from './installations.ts'
import { createLearning } from './learning.ts'
import { createLinks } from './links.ts'
import { lockDatabase } from './lock-database.ts'
import { createMessages } from './messages.ts'
import { createObserve, createObserverJobs } from './observer-jobs.ts'
import { type OpenedDatabase, openDatabase } from './open-database.ts'
import { createOwnData } from './own-data.ts'
import { createPeople } from './people.ts'
import { createPreferences } from './preferences.ts'
import { createReasons } from './reasons.ts'
import { createReplyParts } from './reply-parts.ts'
import { createRetention } from './retention.ts'
import { createRevisions } from './revisions.ts'
import { createSessions } from './sessions.ts'
import { settleAnew } from './settle-anew.ts'
import { createSignIns } from './sign-ins.ts'
import { createTalks } from './talks.ts'
import { tellFaults } from './tell-faults.ts'
import { createTurns } from './turns.ts'
import { createSingleStatement, createUnitOfWork } from './unit-of-work.ts'
import { createUsage } from './usage.ts'
import { createVitals, type Vitals } from './vitals.ts'

export type StoreOptions = Readonly<{
  /** A file, made with its folder when missing, or `:memory:`. */
  path: string
  log?: Log | undefined
  now?: (() => Date) | undefined
}>

export type SqliteStore = Store &
  Readonly<{
    /** The workspaces that took Aeries in, their tokens encrypted with a key of 32 bytes. */
    installations(key: Uint8Array): InstallationStore
    /** The list of what was forgotten, for what this room does not keep. */
    forgotten: Forgotten
    vitals: Vitals
    desk: Desk
    /** What people began by themselves where a platform lets them have many conversations. */
    talks: Talks
    signIns: SignIns
  }>

/**
 * The store in one SQLite file, which is this process's alone until disposed of. A file that cannot be used, or that another
 * process uses, is a `ConfigError` that names it, the cause and the cure. What goes wrong later is told in our own classes.
 */
export function openStore(options: StoreOptions): SqliteStore {
  using parts = new DisposableStack()
  const isInMemory = options.path === ':memory:'
  if (!isInMemory) parts.use(lockDatabase(options.path))
  const forgotten = isInMemory ? forgottenInMemory() : openForgotten(options.path)
  const isUnclean = !isInMemory && hasLog(options.path)
  const { db, path } = openLogged(options)
  parts.defer(() => db.close())
  settleAnew(db)
  const checkpointer = isInMemory ? undefined : parts.use(new Checkpointer(path, options.log))
  // After an unclean end there is more in the log than in the file, perhaps also what was to be forgotten.
  if (isUnclean) checkpointer?.empty('TRUNCATE')
  const store = assemble(db, path, forgotten, checkpointer, options.now ?? (() => new Date()))
  const built = parts.move()
  return { ...store, [Symbol.dispose]: () => built.dispose() }
}

/** How long a command that works beside Aeries waits for a write of it, in ms. */
const busyBesideMs = 5_000

/**
 * The same beside the process that the database belongs to, for reading and for the desk: whatever else is written there that process
 * does not expect. Its schema must be this version's.
 */
export function openStoreBeside(path: string): SqliteStore {
  const db = new Sqlite(path, { fileMustExist: true, timeout: busyBesideMs })
  db.pragma('foreign_keys = ON')
  db.pragma('secure_delete = ON')
  const store = assemble(db, path, openForgotten(path), undefined, () => new Date())
  return { ...store, [Symbol.dispose]: () => void db.close() }
}

function openLogged({ path, log }: StoreOptions): OpenedDatabase {
  const opened = openDatabase(path)
  const { path: file, migrated, copy } = opened
  log?.info({ path: file, migrated, ...(copy && { copy }) }, 'database opened')
  const old = file === ':memory:' ? [] : oldCopies(file)
  if (copy && old.length > 0) log?.warn({ old }, 'older copies from before migrations can be deleted')
  return opened
}

function assemble(
  db: Database,
  path: string,
  forgotten: Forgotten,
  checkpointer: Checkpointer | undefined,
  now: () => Date,
): Omit<SqliteStore, typeof Symbol.dispose> {
  const committed = () => checkpointer?.committed()
  const [unit, single] = [createUnitOfWork(db, committed), createSingleStatement(committed)]
  const people = createPeople(db)
  const conversations = createConversations(db)
  const events = createEvents(db)
  const drafts = createDrafts(db)
  const messages = createMessages(db)
  const replyParts = createReplyParts(db)
  const hearing = createHearing(db)
  const sessions = createSessions(db)
  const jobs = createObserverJobs(db)
  const observe = createObserve(sessions, jobs)
  const ledger = { people, conversations, events, messages, drafts, replyParts, observe, unit, single, now }
  const turns = createTurns(db, ledger)
  const aside = createAside(db, { people, conversations, events, messages, unit, now })
  const emptyLog = () => void checkpointer?.empty('REWRITE')
  const retaining = { unit, forgotten, now, emptyLog: (mode: 'TRUNCATE' | 'REWRITE') => checkpointer?.empty(mode) }
  const teaching = { unit, people, conversations, sessions, jobs, forgotten, hearing, now, emptyLog }
  const learning = createLearning(db, teaching)
  const reasons = createReasons(db)
  const personas = createPersonaColumn(db)
  const finish: Turns['finish'] = unit((turn, reply, at, isObserved) => {
    void turns.finish(turn, reply, at, isObserved)
    if (reply.reason) reasons.put(turn.id, reply.reason)
    if (reply.persona !== undefined) personas.put(turn.id, reply.persona)
  })
  const revising = { events, drafts, replyParts, observe, forgotten, unit, now, emptyLog }
  const receive: Turns['receive'] = asked => (wasForgotten(forgotten, asked, now()) ? 'known' : turns.receive(asked))
  const overhear: Turns['overhear'] = said => (wasForgotten(forgotten, said, now()) ? 'known' : aside.overhear(said))
  return {
    turns: tellFaults(path, { ...turns, ...aside, finish, receive, overhear }),
    revisions: tellFaults(path, createRevisions(db, revising)),
    history: tellFaults(path, createHistory(db, unit)),
    preferences: tellFaults(path, createPreferences(db, unit)),
    installations: key => tellFaults(path, createInstallations(db, key)),
    learning: tellFaults(path, learning),
    cohorts: tellFaults(path, createCohorts(db, unit, createBriefData(db, hearing))),
    links: tellFaults(path, createLinks(db, { unit, forgotten })),
    accessRules: tellFaults(path, createAccessRules(db)),
    usage: tellFaults(path, createUsage(db, unit)),
    forget: tellFaults(path, createForget(db, { unit, forgotten, now, emptyLog })),
    ownData: tellFaults(path, createOwnData(db, unit)),
    retention: tellFaults(path, createRetention(db, retaining)),
    forgotten: tellFaults(path, forgotten),
    vitals: tellFaults(path, createVitals(db)),
    desk: tellFaults(path, createDesk(db, unit, now)),
    talks: tellFaults(path, createTalks(db, unit)),
    signIns: tellFaults(path, createSignIns(db, unit)),
  }
}

function hasLog(path: string): boolean {
  return (statSync(databaseFiles(path).log, { throwIfNoEntry: false })?.size ?? 0) > 0
}
