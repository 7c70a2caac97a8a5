import { type Call, epochNow } from './call.ts'
import type { JsonObject } from './json-body.ts'

type Writable<T> = { -readonly [Key in keyof T]: T[Key] }
/** The server's own view of a call, which it fills in while the call goes on. */
export type OpenCall = Writable<Call>

const keptCalls = 20_000 // enough for any bench's count, bounded for a server that runs for days

/** Every chat request since the last reset, oldest first. */
export class CallLog {
  readonly #changed: () => void
  #calls: OpenCall[] = []
  #nextId = 1

  constructor(changed: () => void) {
    this.#changed = changed
  }

  get calls(): readonly Call[] {
    return this.#calls
  }

  open(requestId: string, headers: Call['headers'], body: JsonObject): OpenCall {
    const call: OpenCall = {
      id: this.#nextId++,
      requestId,
      headers,
      body,
      ignored: [],
      script: undefined,
      outcome: 'open',
      status: undefined,
      finish: null,
      promptTokens: 0,
      cachedTokens: 0,
      tokensSent: 0,
      text: '',
      receivedAt: epochNow(),
      startedAt: undefined,
      firstTokenAt: undefined,
      endedAt: undefined,
      abortedAt: undefined,
    }
    this.#calls.push(call)
    if (this.#calls.length > keptCalls) this.#calls.shift()
    this.#changed()
    return call
  }

  /** The first ending counts. */
  close(call: OpenCall, outcome: Call['outcome']): void {
    if (call.outcome !== 'open') return
    call.outcome = outcome
    call.endedAt = epochNow()
    if (outcome === 'aborted') call.abortedAt = call.endedAt
    this.#changed()
  }

  /** Something changed that somebody may wait for. */
  note(): void {
    this.#changed()
  }

  clear(): void {
    this.#calls = []
  }
}
