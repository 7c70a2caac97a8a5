import type { Log } from '#src/core/log.ts'

/** Nothing that it logs is expected. */
export const silent: Log = { debug() {}, info() {}, warn() {}, error() {}, child: () => silent }
