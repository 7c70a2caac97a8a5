import { spawnSync } from 'node:child_process'

/** Makes the operating system forget the pages of a file, so that the next reads come from the disk. False where it cannot. */
export function dropPageCache(path: string): boolean {
  // GNU dd's way to posix_fadvise(DONTNEED) for a whole file, https://www.gnu.org/software/coreutils/dd
  const { status } = spawnSync('dd', [`if=${path}`, 'iflag=nocache', 'count=0'], { stdio: 'ignore' })
  return status === 0
}
