import { parentPort, workerData } from 'node:worker_threads'
import Database from 'better-sqlite3'
import { type CheckpointOrder, checkpointState } from './checkpointer.ts'

const { path, state } = workerData as CheckpointOrder
const port = parentPort

port?.on('message', () => {
  try {
    checkpoint()
  } finally {
    Atomics.store(state, 0, checkpointState.idle)
    Atomics.notify(state, 0)
    port.postMessage('done')
  }
})

function checkpoint(): void {
  // Opened for the moment: closing the store then finds no connection but its own.
  const db = new Database(path, { fileMustExist: true })
  try {
    // Waits for nobody and holds nobody up.
    db.pragma('wal_checkpoint(PASSIVE)')
  } finally {
    db.close()
  }
}
