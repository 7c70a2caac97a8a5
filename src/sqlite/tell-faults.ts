import Database from 'better-sqlite3'
import { DefectError, isAeriesError, RefusedError, UnavailableError } from '#src/core/errors.ts'
import { storageCause } from './storage-cause.ts'

type Method = (...args: never[]) => unknown

/**
 * The same methods, whose faults are told in our own classes: a full disk or a lock, which pass, as `UnavailableError`; a
 * damaged file as `RefusedError`; a statement that SQLite does not take as `DefectError`. Whatever it is, the unit of work
 * that met it left nothing behind, and the next one is tried for itself.
 */
export function tellFaults<Port extends object>(path: string, port: Port): Port {
  const methods = Object.entries(port).map(([name, method]) => [name, told(path, method as Method)])
  return Object.fromEntries(methods) as Port
}

function told(path: string, method: Method): Method {
  return (...args) => {
    try {
      return method(...args)
    } catch (error) {
      throw storageFault(path, error)
    }
  }
}

/** The error as what the caller has to do about it. */
function storageFault(path: string, error: unknown): unknown {
  if (isAeriesError(error)) return error
  const known = storageCause(error)
  if (known?.passes) {
    const words = `The database ${path} takes nothing now: ${known.cause} (${known.code}). ${known.cure}; Aeries goes on by itself.`
    return new UnavailableError(words, { cause: error })
  }
  if (known) {
    const words = `The database ${path} cannot be used any more: ${known.cause} (${known.code}). Stop Aeries. ${known.cure}.`
    return new RefusedError(words, { cause: error })
  }
  if (error instanceof Database.SqliteError) {
    return new DefectError(`SQLite does not take what Aeries asks of it (${error.code}).`, { cause: error })
  }
  return error
}
