import { parentPort, workerData } from 'node:worker_threads'
import Database from 'better-sqlite3'
import { type CheckpointMode, type CheckpointOrder, checkpointState } from './checkpointer.ts'

const { path, state } = workerData as CheckpointOrder
const port = parentPort

/** How long emptying the log waits for who reads or writes, in ms: they wait for it meanwhile. */
const busyTimeoutMs = 100

port?.on('message', (mode: CheckpointMode) => {
  let isDone = false
  try {
    isDone = checkpoint(mode)
  } finally {
    Atomics.store(state, 0, checkpointState.idle)
    Atomics.notify(state, 0)
    port.postMessage(isDone)
  }
})

/** Whether it got to the end of the log. */
function checkpoint(mode: CheckpointMode): boolean {
  // Opened for the moment: closing the store then finds no connection but its own.
  const db = new Database(path, { fileMustExist: true, timeout: busyTimeoutMs })
  try {
    // PASSIVE waits for nobody and holds nobody up.
    const [{ busy = 1 } = {}] = db.pragma(`wal_checkpoint(${mode})`) as readonly Readonly<{ busy?: number }>[]
    return busy === 0
  } finally {
    db.close()
  }
}
