import type { ModelEvent } from '#src/core/model.ts'

/** What an answer is made of as it comes; `anew`: what stood of it counts no more, the following begins it again. */
export type AnswerEvent = ModelEvent | Readonly<{ type: 'anew' }>
