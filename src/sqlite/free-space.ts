import { statfsSync } from 'node:fs'
import { ConfigError } from '#src/core/errors.ts'

/** What this account may still write into a folder, in bytes. */
export function freeBytes(folder: string): number {
  const { bavail, bsize } = statfsSync(folder)
  return bavail * bsize
}

/** Throws a `ConfigError` that names how much is missing. `what`: `A copy of the database`. */
export function checkSpace(folder: string, needed: number, what: string): void {
  const free = freeBytes(folder)
  if (free >= needed) return
  throw new ConfigError(
    `${what} takes ${megabytes(needed)}, and ${folder} has ${megabytes(free)} free: ${megabytes(needed - free)} are missing. Free some space. Nothing was changed.`,
  )
}

export function megabytes(bytes: number): string {
  return `${(bytes / 1e6).toFixed(1)} MB`
}
