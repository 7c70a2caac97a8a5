import { megabytes } from '#src/sqlite/free-space.ts'

/** How far a copy has come. Its size is an estimate: nothing is done before it is done. */
export function copied(bytes: number, of: number): [words: string, done: number] {
  return [`copying ${megabytes(bytes)} of ${megabytes(of)}`, Math.min(0.99, bytes / Math.max(of, 1))]
}
