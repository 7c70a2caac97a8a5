/** What the processes of the engine bench tell each other. Counts are since the begin, times in microseconds of CPU or ms. */

/** How the server answers every request from then on. */
export type Serving =
  | Readonly<{
      type: 'paced'
      /** Records a second of each answer, each in a write of its own; it goes on until the reader leaves. */
      perSecond: number
      /** From the request to the first record. */
      firstAfterMs: number
    }>
  | Readonly<{
      type: 'bulk'
      /** Records of an answer, as fast as they are taken, 64 KB a write. */
      records: number
    }>

export type Served = Readonly<{
  records: number
  /** From the request to the first record as it really was, by the request's number (`x-answer`, or its order). */
  firstAfterMs: Readonly<Record<string, number>>
}>

export type ServerAsk = Readonly<{ type: 'serve'; serving: Serving }> | Readonly<{ type: 'sample' }>

export type ReaderKind = 'bare' | 'client' | 'aeries' | 'openai'

export type ReaderAsk =
  /** Opens so many answers, at times drawn evenly or as people come (Poisson) over `withinMs`. */
  | Readonly<{ type: 'read'; answers: number; withinMs: number; arrivals: 'even' | 'poisson' }>
  /** Reads so many answers to their end, some at a time. */
  | Readonly<{ type: 'drain'; answers: number; atOnce: number }>
  | Readonly<{ type: 'sample'; collect: boolean }>

export type ReaderSample = Readonly<{
  cpuMicroseconds: number
  /** Heap in use and external memory, in bytes. */
  memory: number
  /** System calls that read; undefined where the system does not count them. */
  reads: number | undefined
  live: number
  /** By the name of the request: from the question to the first text that went out. */
  firstTextMs: Readonly<Record<string, number>>
}>
