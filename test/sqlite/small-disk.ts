import { execFileSync } from 'node:child_process'
import { appendFileSync, mkdtempSync, rmSync, statfsSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const pageBytes = 4_096

/** A disk of its own, of a few megabytes. Only root may make one, and not everywhere: `canMakeDisks`. */
export class SmallDisk implements Disposable {
  readonly folder = mkdtempSync(join(tmpdir(), 'aeries-disk-'))

  constructor(megabytes: number) {
    execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${megabytes}m`, 'none', this.folder], { stdio: 'ignore' })
  }

  /** Takes all that is free but so many bytes. */
  fill(left = 0): void {
    const { bavail, bsize } = statfsSync(this.folder)
    const pages = Math.floor((bavail * bsize - left) / pageBytes)
    try {
      for (let page = 0; page < pages; page += 1) appendFileSync(join(this.folder, 'filler'), Buffer.alloc(pageBytes))
    } catch (error) {
      // Somebody else was faster with the last ones.
      if (!String(error).includes('ENOSPC')) throw error
    }
  }

  free(): void {
    rmSync(join(this.folder, 'filler'))
  }

  [Symbol.dispose](): void {
    execFileSync('umount', ['-l', this.folder])
    rmSync(this.folder, { recursive: true })
  }
}

export const canMakeDisks = tryDisk()

function tryDisk(): boolean {
  if (process.getuid?.() !== 0) return false
  try {
    new SmallDisk(1)[Symbol.dispose]()
    return true
  } catch {
    return false
  }
}
