/** What the processes of the web bench tell each other. Times are ms of the machine's one monotonic clock: all processes read it alike. */

/** How the model answers every question of a bench from then on. */
export type Answering = Readonly<{
  /** Of each answer; without it an answer goes on until all are told to end. */
  tokens?: number
  ttftMs: number
  itlMs: number
}>

export type ModelAsk =
  | Readonly<{ type: 'answer'; answering: Answering }>
  /** Each answer ends with its next token. */
  | Readonly<{ type: 'end' }>
  | Readonly<{ type: 'report' }>

/** When each token of each question left the model, since the last report. */
export type ModelReport = Readonly<{ sentAt: Readonly<Record<string, readonly number[]>>; share: Share }>

/** Asks so many questions through the door, and some of the model itself, which tells what the bench's own two ends take. */
export type ReaderAsk = Readonly<{
  door: string
  model: string
  /** Begins the names of the questions. */
  series: string
  streams: number
  /** A question to the model itself beside every so many through the door. */
  directEvery: number
  apartMs: number
}>

export type ReaderReport =
  | Readonly<{ type: 'open'; atOnce: number }>
  | Readonly<{ type: 'over'; streams: readonly ReadStream[]; direct: readonly ReadStream[]; share: Share }>

export type ReadStream = Readonly<{
  name: string
  /** When the packet came that completes each token. */
  readAt: readonly number[]
  events: number
  /** What came are the question's own tokens in their order, and its end. */
  isWhole: boolean
}>

/** What a process took meanwhile: of a core, and how late its event loop was, in ms. */
export type Share = Readonly<{ cpuMs: number; lateP50: number; lateP95: number; lateMax: number }>

export function question(name: string): string {
  return `This is question ${name}.`
}

/** Which of the bench's questions a request asks, if any. */
export function nameIn(body: string): string | undefined {
  return /This is question (\w+)\./.exec(body)?.[1]
}

export function tokenOf(name: string, at: number): string {
  return `${name}-${at} `
}

export function now(): number {
  return Number(process.hrtime.bigint()) / 1e6
}
