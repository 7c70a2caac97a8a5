import type { Json } from './json.ts'

/** A refusal in Slack's own word, sent as `{ ok: false, error }` with status 200, and what else the answer carries. */
export class Refusal extends Error {
  override readonly name = 'Refusal'
  readonly error: string
  readonly extra: Json

  constructor(error: string, extra: Json = {}) {
    super(error)
    this.error = error
    this.extra = extra
  }
}

/** Slack's way of telling which argument is wrong. */
export function badArguments(...complaints: readonly string[]): Refusal {
  return new Refusal('invalid_arguments', { response_metadata: { messages: complaints.map(one => `[ERROR] ${one}`) } })
}
