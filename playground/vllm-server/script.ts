import { z } from 'zod'
import type { ChatRequest } from './chat-request.ts'

const milliseconds = z.number().nonnegative()
const spread = z.union([milliseconds, z.strictObject({ mean: milliseconds, sd: milliseconds })])

export const faultKinds = [
  'fin', // the socket ends in the middle of a record
  'rst', // the socket is reset
  'stall', // silence, for `forMs` or until the client leaves
  'hold', // silence until somebody says that health is ok, or has said so since the request came
  'errorRecord', // an error record and [DONE]; before the headers: the same as an HTTP error
  'errorNoDone', // an error record, then a clean end
  'badJson', // a record that is no JSON; the answer goes on
  'emptyChoices', // records without choices or delta; the answer goes on
  'htmlBody', // a gateway's HTML: status 502 instead of an answer, or HTML inside the stream
  'eofClean', // a clean end with neither finish_reason nor [DONE]
  'doneWithoutFinish', // [DONE], but never a finish_reason
  'duplicateRecords', // from here on every record twice
  'plainJson200', // a whole answer as application/json though a stream was asked for
] as const

const fault = z.strictObject({
  kind: z.enum(faultKinds),
  /** Where: before the headers, before the first record, after n tokens, or a time after the headers. */
  at: z.union([z.literal('headers'), z.literal('first'), z.int().nonnegative(), z.strictObject({ ms: milliseconds })]),
  forMs: milliseconds.optional(),
  raw: z.string().optional(),
  error: z.strictObject({ status: z.int(), type: z.string(), message: z.string() }).optional(),
})

const match = z.strictObject({
  /** Words that occur anywhere in the messages. */
  contains: z.string().optional(),
  /** Words that occur in the newest message of a user. */
  question: z.string().optional(),
  /** Words that occur in a system message. */
  system: z.string().optional(),
  model: z.string().optional(),
  stream: z.boolean().optional(),
  /** Whether an answer in JSON is asked for: that tells an observer's request from a chat's. */
  json: z.boolean().optional(),
})

export const scriptSchema = z.strictObject({
  name: z.string().optional(),
  match: match.optional(),
  /** How many requests it serves. */
  times: z.union([z.int().positive(), z.literal('always')]).optional(),

  ttftMs: spread.optional(),
  itlMs: z.union([spread, z.array(milliseconds).readonly()]).optional(),
  prefillMsPerUncachedToken: milliseconds.optional(),
  /** Speculative decoding: every so many deltas one brings several tokens. */
  burst: z.strictObject({ every: z.int().positive(), tokens: z.int().positive() }).optional(),
  /** How many deltas without text are mixed in; "auto" leaves those of incomplete code points alone. */
  emptyDeltas: z.union([z.literal('auto'), z.int().nonnegative()]).optional(),

  text: z.string().optional(),
  /** One delta each. */
  tokens: z.array(z.string()).readonly().optional(),
  json: z.unknown().optional(),
  reasoning: z.string().optional(),
  /** Thinking inside the text although it was not asked for: in tags, or with the closing tag only. */
  leakThink: z.enum(['tags', 'bareClose']).optional(),
  reasoningField: z.enum(['reasoning', 'reasoning_content']).optional(),
  whitespaceLoop: z.int().positive().optional(),
  repeatLoop: z.strictObject({ text: z.string(), n: z.int().positive() }).optional(),
  invalidJson: z.enum(['truncated', 'schema']).optional(),

  /** null: never sent. */
  finish: z.enum(['stop', 'length', 'abort', 'repetition']).nullable().optional(),
  stopReason: z.string().optional(),
  finishCarriesText: z.boolean().optional(),
  interiorFinish: z.enum(['empty', 'absent']).optional(),
  usage: z.union([z.boolean(), z.literal('continuous')]).optional(),
  role: z.enum(['first', 'every', 'none']).optional(),
  changingIds: z.boolean().optional(),

  framing: z.enum(['lf', 'crlf', 'cr', 'multiline', 'nospace']).optional(),
  /** A comment or an empty `event: ping` every so many milliseconds. */
  comments: milliseconds.positive().optional(),
  bom: z.boolean().optional(),
  splitBytes: z.union([z.int().positive(), z.literal('midUtf8'), z.literal('perByte')]).optional(),
  /** Everything held back to the end, as a buffering proxy does. */
  coalesce: z.literal('all').optional(),
  /** No chunked encoding: only the closing of the socket tells the end. */
  closeDelimited: z.boolean().optional(),

  fault: fault.optional(),
  http: z
    .strictObject({
      status: z.int(),
      body: z.unknown().optional(),
      headers: z.record(z.string(), z.string()).optional(),
      contentType: z.string().optional(),
      /** Seconds or a date, as the header has it. */
      retryAfter: z.union([z.number(), z.string()]).optional(),
      delayMs: milliseconds.optional(),
    })
    .optional(),
})

export type Fault = z.infer<typeof fault>

/** What one request (or several) gets instead of the default voice; every field left out keeps the default. */
export type Script = Readonly<
  Omit<z.infer<typeof scriptSchema>, 'match'> & {
    match?: z.infer<typeof match> | ((request: ChatRequest) => boolean) | undefined
  }
>

export function scriptFits(script: Script, request: ChatRequest): boolean {
  const wanted = script.match
  if (wanted === undefined) return true
  if (typeof wanted === 'function') return wanted(request)
  const said = (role?: string) =>
    request.messages.filter(message => role === undefined || message.role === role).map(message => message.content)
  const asked = said('user').at(-1) ?? ''
  const holds = [
    wanted.contains === undefined || said().join('\n').includes(wanted.contains),
    wanted.question === undefined || asked.includes(wanted.question),
    wanted.system === undefined || said('system').join('\n').includes(wanted.system),
    wanted.model === undefined || request.model === wanted.model,
    wanted.stream === undefined || request.stream === wanted.stream,
    wanted.json === undefined || (request.schema !== undefined) === wanted.json,
  ]
  return !holds.includes(false)
}
