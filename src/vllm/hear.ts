import type { ModelEvent } from '#src/core/model.ts'

/**
 * Told of an answer in the moment when its bytes come in, straight through all that stands between: a token costs one call a
 * layer, and none of the turns of the event loop that a chain of generators takes. It does not throw.
 */
export type Hear = (event: ModelEvent) => void
