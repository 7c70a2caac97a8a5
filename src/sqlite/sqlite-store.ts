import type { InstallationStore } from '#src/core/installations.ts'
import type { Log } from '#src/core/log.ts'
import type { Store } from '#src/core/store.ts'
import { Checkpointer } from './checkpointer.ts'
import { createConversations } from './conversations.ts'
import { createDrafts } from './drafts.ts'
import { createEvents } from './events.ts'
import { createHistory } from './history.ts'
import { createInstallations } from './installations.ts'
import { createMessages } from './messages.ts'
import { openDatabase } from './open-database.ts'
import { createPeople } from './people.ts'
import { createReplyParts } from './reply-parts.ts'
import { createTurns } from './turns.ts'
import { createUnitOfWork } from './unit-of-work.ts'

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
  }>

/** The store in one SQLite file. A file that cannot be used is a `ConfigError` that names it, the cause and the cure. */
export function openStore({ path, log, now = () => new Date() }: StoreOptions): SqliteStore {
  const { db, path: file, migrated } = openDatabase(path)
  log?.info({ path: file, migrated }, 'database opened')
  const checkpointer = file === ':memory:' ? undefined : new Checkpointer(file, log)
  const unit = createUnitOfWork(db, () => checkpointer?.committed())
  const people = createPeople(db)
  const conversations = createConversations(db)
  const events = createEvents(db)
  const drafts = createDrafts(db)
  const messages = createMessages(db)
  const replyParts = createReplyParts(db)
  return {
    turns: createTurns(db, { people, conversations, events, messages, drafts, replyParts, unit, now }),
    history: createHistory(db, unit),
    installations: key => createInstallations(db, key),
    [Symbol.dispose]: () => {
      checkpointer?.[Symbol.dispose]()
      db.close()
    },
  }
}
