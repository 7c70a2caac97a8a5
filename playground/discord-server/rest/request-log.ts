import type { Answer } from './answer.ts'
import type { Fault } from './faults.ts'
import type { BucketState } from './rate-limits.ts'

/** One request as it was met: what was asked, what became of it, and the state of its bucket then. */
export type LogEntry = Readonly<{
  /** Arrival and answer, in milliseconds since 1970. */
  at: number
  answeredAt: number
  method: string
  /** The template, as "/channels/:channel/messages/:message". */
  route: string
  path: string
  channelId: string | undefined
  messageId: string | undefined
  content: string | undefined
  /** As JSON. */
  components: string | undefined
  nonce: string | number | undefined
  flags: number | undefined
  /** 0 when the connection was broken instead of answered. */
  status: number
  /** Discord's JSON code of a refusal. */
  code: number | undefined
  /** Whether it was carried out, whatever the client got to know of it. */
  accepted: boolean
  /** A nonce that had been used: the first message was given again. */
  repeated: boolean
  bucket: BucketState | undefined
  fault: Fault['kind'] | undefined
}>

type Request = Readonly<{
  method: string
  path: string
  route: Readonly<{ template: string }>
  params: Readonly<Record<string, string>>
  body: Readonly<{ json: unknown }>
}>

type Outcome = Readonly<{
  at: number
  answeredAt: number
  answer: Answer
  bucket?: BucketState | undefined
  fault?: Fault | undefined
}>

export function logEntry(request: Request, { at, answeredAt, answer, bucket, fault }: Outcome): LogEntry {
  const { content, components, nonce, flags } = fieldsOf(request.body.json)
  return {
    at,
    answeredAt,
    method: request.method,
    route: request.route.template,
    path: request.path,
    channelId: request.params['channel'],
    messageId: request.params['message'] ?? answer.reply?.messageId,
    content: typeof content === 'string' ? content : undefined,
    components: components === undefined ? undefined : JSON.stringify(components),
    nonce: typeof nonce === 'string' || typeof nonce === 'number' ? nonce : undefined,
    flags: typeof flags === 'number' ? flags : undefined,
    status: answer.status,
    code: answer.code,
    accepted: answer.accepted ?? false,
    repeated: answer.reply?.repeated ?? false,
    bucket,
    fault: fault?.kind,
  }
}

function fieldsOf(json: unknown): { content?: unknown; components?: unknown; nonce?: unknown; flags?: unknown } {
  return typeof json === 'object' && json !== null ? json : {}
}
