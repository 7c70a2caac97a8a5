import type { JsonObject } from './json-body.ts'

type CallOutcome =
  | 'open'
  | 'finished' // told to its end
  | 'aborted' // the client left
  | 'refused' // an HTTP error before any stream
  | 'broken' // a fault or the engine ended it

/** One request to /v1/chat/completions, as it went. Times are milliseconds since the epoch, with fractions. */
export type Call = Readonly<{
  id: number
  requestId: string
  headers: Readonly<Record<string, string | readonly string[] | undefined>>
  body: JsonObject
  /** Fields that the server took without a word and did nothing with. */
  ignored: readonly string[]
  /** Name of the script that answered. */
  script: string | undefined
  outcome: CallOutcome
  status: number | undefined
  finish: string | null
  promptTokens: number
  cachedTokens: number
  /** Tokens whose record went out. */
  tokensSent: number
  /** What was said so far, thinking left out. */
  text: string
  receivedAt: number
  startedAt: number | undefined
  firstTokenAt: number | undefined
  endedAt: number | undefined
  abortedAt: number | undefined
}>

export function epochNow(): number {
  return performance.timeOrigin + performance.now()
}
