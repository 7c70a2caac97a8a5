/** What a reader tells about itself while it reads. */
export type Books = {
  live: number
  /** By the name that the request carried. */
  readonly firstTextMs: Record<string, number>
}

/** Reads one answer to its end; resolves then. */
export type ReadAnswer = (number: number) => Promise<void>
