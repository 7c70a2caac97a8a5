import { parentPort, workerData } from 'node:worker_threads'
import Database from 'better-sqlite3'
import { liveBytes } from './check-integrity.ts'
import { type CheckpointMode, type CheckpointOrder, checkpointState } from './checkpointer.ts'

const { path, state } = workerData as CheckpointOrder
const port = parentPort

/** How long emptying the log waits for who reads or writes, in ms: they wait for it meanwhile. */
const busyTimeoutMs = 100

/** Takes some 0.3 s, in which a write waits. A larger database keeps traces in unused parts of pages until they are used. */
const rewriteUpToBytes = 48e6

port?.on('message', (mode: CheckpointMode) => {
  let left: CheckpointMode | undefined = mode
  try {
    left = checkpoint(mode)
  } finally {
    Atomics.store(state, 0, checkpointState.idle)
    Atomics.notify(state, 0)
    port.postMessage(left)
  }
})

/** Returns what is left to do because somebody was in the way. */
function checkpoint(mode: CheckpointMode): CheckpointMode | undefined {
  // Opened for the moment: closing the store then finds no connection but its own.
  const db = new Database(path, { fileMustExist: true, timeout: busyTimeoutMs })
  try {
    if (mode === 'PASSIVE') {
      // Waits for nobody and holds nobody up.
      db.pragma('wal_checkpoint(PASSIVE)')
      return undefined
    }
    if (mode === 'REWRITE' && liveBytes(db) <= rewriteUpToBytes && !rewrite(db)) return 'REWRITE'
    const [{ busy = 1 } = {}] = db.pragma('wal_checkpoint(TRUNCATE)') as readonly Readonly<{ busy?: number }>[]
    return busy === 0 ? undefined : 'TRUNCATE'
  } finally {
    db.close()
  }
}

function rewrite(db: Database.Database): boolean {
  try {
    db.exec('VACUUM')
    return true
  } catch (error) {
    if (error instanceof Database.SqliteError && error.code.startsWith('SQLITE_BUSY')) return false
    throw error
  }
}
