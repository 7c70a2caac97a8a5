import { createHmac, randomBytes } from 'node:crypto'
import {
  closeSync,
  existsSync,
  fsyncSync,
  ftruncateSync,
  openSync,
  readFileSync,
  writeFileSync,
  writeSync,
} from 'node:fs'
import { dirname } from 'node:path'
import { ConfigError } from '#src/core/errors.ts'
import { sync } from './copy-database.ts'
import { type DatabaseFiles, databaseFiles } from './database-files.ts'

/** What can be forgotten: a person, a conversation, a message by their ids; a trait, and a link of two accounts, by what stands for it. */
export const forgottenKinds = ['person', 'conversation', 'message', 'trait', 'link'] as const
export type ForgottenKind = (typeof forgottenKinds)[number]

/**
 * What was forgotten, kept beside the database and not in it, so that a backup that is brought back from before brings
 * nobody's words back. A line a thing, hashed with a random key: by itself the list tells nobody who or what.
 */
export interface Forgotten {
  /** Writes it down until that time. It is on the disk when this returns, before anything is deleted. */
  add(kind: ForgottenKind, id: string, until: Date): void
  /** Until when all of it was forgotten last, if ever. */
  until(kind: ForgottenKind, id: string): Date | undefined
  /** Of that kind, or of all. */
  count(kind?: ForgottenKind): number
}

const keyBytes = 32
const line = /^([a-z]+) (\d{1,16}) ([0-9a-f]{64})$/

/** The list beside this database. One whose key is gone, or that is damaged, is a `ConfigError`: nobody could replay it. */
export function openForgotten(path: string): Forgotten {
  const files = databaseFiles(path)
  const known = readList(files)
  let key = readKey(files)
  const nameOf = (kind: ForgottenKind, id: string) => {
    const digest = createHmac('sha256', key ?? '').update(`${kind}\0${id}`)
    return `${kind} ${digest.digest('hex')}`
  }
  return {
    add(kind, id, until) {
      key ??= makeKey(files)
      const name = nameOf(kind, id)
      append(files.forgotten, name.replace(' ', ` ${until.getTime()} `))
      known.set(name, Math.max(until.getTime(), known.get(name) ?? 0))
    },
    until(kind, id) {
      const at = known.size === 0 ? undefined : known.get(nameOf(kind, id))
      return at === undefined ? undefined : new Date(at)
    },
    count: kind => (kind ? [...known.keys()].filter(name => name.startsWith(`${kind} `)).length : known.size),
  }
}

/** The same for a database in memory: gone with it. */
export function forgottenInMemory(): Forgotten {
  const known = new Map<string, number>()
  return {
    add(kind, id, until) {
      const name = `${kind} ${id}`
      known.set(name, Math.max(until.getTime(), known.get(name) ?? 0))
    },
    until(kind, id) {
      const at = known.get(`${kind} ${id}`)
      return at === undefined ? undefined : new Date(at)
    },
    count: kind => (kind ? [...known.keys()].filter(name => name.startsWith(`${kind} `)).length : known.size),
  }
}

function readList({ forgotten }: DatabaseFiles): Map<string, number> {
  if (!existsSync(forgotten)) return new Map()
  const text = readFileSync(forgotten, 'utf8')
  const known = new Map<string, number>()
  // What stands behind the last line's end is a line that was cut off: its writer was never told that it was written.
  for (const [at, entry] of text
    .slice(0, text.lastIndexOf('\n') + 1)
    .split('\n')
    .slice(0, -1)
    .entries()) {
    const [, kind = '', until = '', hash = ''] = line.exec(entry) ?? []
    if (!forgottenKinds.some(one => one === kind)) throw unreadable(forgotten, at + 1)
    const name = `${kind} ${hash}`
    known.set(name, Math.max(Number(until), known.get(name) ?? 0))
  }
  return known
}

function unreadable(file: string, at: number): ConfigError {
  return new ConfigError(
    `Line ${at} of ${file} is damaged or from a newer Aeries, so that what people have had forgotten could come back. Put that file back as it was, or start the newer one.`,
  )
}

function readKey({ forgotten, forgottenKey }: DatabaseFiles): Buffer | undefined {
  const key = existsSync(forgottenKey) ? readFileSync(forgottenKey) : undefined
  if (key?.length === keyBytes || !existsSync(forgotten)) return key?.length === keyBytes ? key : undefined
  throw new ConfigError(
    `${forgottenKey} is missing or damaged, and without it nobody can read ${forgotten}, the list of what people have had forgotten. Put it back. If it is lost for good, move the list away as well, and bring no backup back that is older than today: forgotten words are in it.`,
  )
}

function makeKey({ forgottenKey }: DatabaseFiles): Buffer {
  const key = randomBytes(keyBytes)
  const file = openSync(forgottenKey, 'w', 0o600)
  try {
    writeFileSync(file, key)
    fsyncSync(file)
  } finally {
    closeSync(file)
  }
  sync(dirname(forgottenKey))
  return key
}

function append(path: string, entry: string): void {
  const isNew = !existsSync(path)
  const file = openSync(path, isNew ? 'wx+' : 'r+', 0o600)
  try {
    const whole = readFileSync(file).lastIndexOf('\n') + 1
    // A line that was cut off makes room.
    ftruncateSync(file, whole)
    writeWhole(file, Buffer.from(`${entry}\n`), whole)
    fsyncSync(file)
  } finally {
    closeSync(file)
  }
  if (isNew) sync(dirname(path))
}

/** A full disk may take a part of it. */
function writeWhole(file: number, bytes: Buffer, at: number): void {
  for (let done = 0; done < bytes.length; ) done += writeSync(file, bytes, done, bytes.length - done, at + done)
}
