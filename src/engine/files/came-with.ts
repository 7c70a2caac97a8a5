import type { Clock } from '#src/core/clock.ts'
import type { MessageId } from '#src/core/ids.ts'
import type { AttachedFile, IncomingMessage } from '#src/core/message.ts'

/** What came with a message, and what the reader of its answer was told of that. */
type Came = { readonly files: readonly AttachedFile[]; readonly unread: readonly string[]; note: string | undefined }

/** Another answer is mostly asked for soon, and the platforms' addresses of files hold for hours. */
const keptMs = 3_600_000
/** A few hundred bytes each: names and addresses, no contents. */
const mostKept = 1_000

/** Where the files of the last messages are, in memory alone: the ledger knows of none. */
export class CameWith {
  readonly #clock: Clock
  /** Oldest first. */
  readonly #kept = new Map<MessageId, { came: Came; at: number }>()

  constructor(clock: Clock) {
    this.#clock = clock
  }

  /** `undefined`: nothing came with it, or that is too long ago. */
  of({ id, files = [], unread }: IncomingMessage): Came | undefined {
    const now = this.#clock.now().getTime()
    const isOver = ({ at }: { at: number }) => now - at > keptMs || this.#kept.size > mostKept
    for (const [message, one] of this.#kept) {
      if (!isOver(one)) break
      this.#kept.delete(message)
    }
    const known = this.#kept.get(id)?.came
    // Of a message out of the ledger nothing is told.
    if (known !== undefined || files.length + unread.length === 0) return known
    const came = { files, unread, note: undefined }
    this.#kept.set(id, { came, at: now })
    return came
  }
}
