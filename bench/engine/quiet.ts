import type { Log } from '#src/core/log.ts'

/** What a reader logs is not what is measured. */
export const quiet: Log = { debug() {}, info() {}, warn() {}, error() {}, child: () => quiet }
