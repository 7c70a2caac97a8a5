import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { statSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import { ConfigError } from '#src/core/errors.ts'
import { beginCopy, dropCopy, finishCopy } from './copy-database.ts'
import type { CopyEnd } from './copy-process.ts'

/** How often it is told how much is written, in ms. */
const tellEveryMs = 100

/**
 * `copyDatabase` in a process of its own, which tells how many bytes are written and can be ended: SQLite does a copy in one
 * call that nothing interrupts. The signal ends it at once, and nothing of it is left.
 */
export async function copyBeside(
  from: string,
  to: string,
  onWritten: (bytes: number) => void,
  signal: AbortSignal,
): Promise<void> {
  signal.throwIfAborted()
  const partial = beginCopy(to)
  try {
    await fill(from, partial, onWritten, signal)
    signal.throwIfAborted()
    finishCopy(partial, to)
  } catch (error) {
    dropCopy(partial)
    throw error
  }
}

async function fill(from: string, partial: string, onWritten: (bytes: number) => void, signal: AbortSignal) {
  const child = fork(new URL('./copy-process.ts', import.meta.url), [from, partial], { execArgv: [] })
  const kill = () => void child.kill('SIGKILL')
  signal.addEventListener('abort', kill)
  const ended = new AbortController()
  const told = tell(partial, onWritten, ended.signal)
  try {
    const end = await endOf(child)
    signal.throwIfAborted()
    if (end?.outcome === 'refused') throw new ConfigError(end.message)
    if (end === undefined) {
      const how = child.signalCode ?? `exit code ${child.exitCode}`
      throw new ConfigError(`The process that copies ended by ${how}: nothing of its copy is left. Try again.`)
    }
  } finally {
    signal.removeEventListener('abort', kill)
    ended.abort()
    await told
  }
}

async function endOf(child: ChildProcess): Promise<CopyEnd | undefined> {
  let end: CopyEnd | undefined
  child.on('message', message => {
    end = message as CopyEnd
  })
  // Whatever it said has arrived when its channel is closed, which may be after its end.
  await Promise.all([once(child, 'exit'), once(child, 'disconnect')])
  return end
}

async function tell(partial: string, onWritten: (bytes: number) => void, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    onWritten(statSync(partial, { throwIfNoEntry: false })?.size ?? 0)
    // Ended: that is the wait's end as well.
    await sleep(tellEveryMs, undefined, { signal }).catch(() => {})
  }
}
