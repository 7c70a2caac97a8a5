import { z } from 'zod'
import {
  claimKinds,
  formatWishes,
  lengthWishes,
  type Observation,
  replyVerdicts,
  requestTypes,
  type Slot,
  slots,
  topics,
  userTones,
} from '#src/core/claim.ts'
import type { AnswerSchema } from '#src/core/structured-model.ts'
import { type SensitiveKind, sensitiveKinds } from './sensitive.ts'
import type { ProposedClaim } from './validate-claims.ts'

/** What a model makes of an exchange. Nothing of it is believed yet. */
export type ObserverAnswer = Readonly<{
  observation: Observation
  sensitive: SensitiveKind
  /** The words try to tell the memory what to keep. */
  steers: boolean
  hasMore: boolean
  claims: readonly ProposedClaim[]
}>

/** The answer in JSON; `undefined` when it does not follow the schema. */
export function readAnswer(text: string, size: AnswerSize): ObserverAnswer | undefined {
  const { data } = fields(size).safeParse(parse(text))
  return data === undefined ? undefined : toAnswer(data, size)
}

/** `small`: one claim, for a model that lost itself in the whole. */
export type AnswerSize = 'whole' | 'small'

/** Flat, all required, the quote before its labels, so that a model looks before it judges. */
export function answerSchema(size: AnswerSize): AnswerSchema {
  return size === 'whole' ? wholeSchema : smallSchema
}

const slotNames = Object.keys(slots) as Slot[]
// A grammar cuts length-limited strings at quotation marks: what is too long is clipped here, not there.
const clipped = (characters: number) => z.string().transform(text => [...text].slice(0, characters).join(''))

const exchange = {
  user_tone: z.enum(userTones),
  request_type: z.enum(requestTypes),
  topic: z.enum(topics),
  last_reply: z.enum(replyVerdicts),
  want_length: z.enum(lengthWishes),
  want_format: z.enum(formatWishes),
  sensitive: z.enum(sensitiveKinds),
  instructions_to_bot_memory: z.boolean(),
  more_claims: z.boolean(),
}

const claim = {
  quote: clipped(160),
  about: z.enum(['self', 'other_person', 'bot', 'world', 'none']),
  kind: z.enum([...claimKinds, 'none']),
  slot: z.enum([...slotNames, 'none']),
  value: clipped(80),
  lasts: z.enum(['permanent', 'months', 'days', 'now']),
}

function fields(size: AnswerSize) {
  const numbered = numbersIn(size).flatMap(number =>
    Object.entries(claim).map(([name, part]) => [`c${number}_${name}`, part] as const),
  )
  return z.object({ ...exchange, ...Object.fromEntries(numbered) })
}

function numbersIn(size: AnswerSize): readonly number[] {
  return size === 'whole' ? [1, 2, 3] : [1]
}

const wholeSchema = toSchema('whole')
const smallSchema = toSchema('small')

function toSchema(size: AnswerSize): AnswerSchema {
  // What goes in, because a transformation has no schema.
  const { $schema: _, ...schema } = z.toJSONSchema(fields(size), { io: 'input' })
  return { name: size === 'whole' ? 'exchange' : 'exchange_small', schema: { ...schema, additionalProperties: false } }
}

function toAnswer(data: z.infer<ReturnType<typeof fields>>, size: AnswerSize): ObserverAnswer {
  const { sensitive } = data
  return {
    observation: {
      tone: data.user_tone,
      requestType: data.request_type,
      topic: sensitive === 'none' ? data.topic : 'other',
      lastReply: data.last_reply,
      wantLength: data.want_length,
      wantFormat: data.want_format,
    },
    sensitive,
    steers: data.instructions_to_bot_memory,
    hasMore: data.more_claims,
    claims: numbersIn(size).flatMap(number => {
      const part = Object.fromEntries(
        Object.keys(claim).map(name => [name, (data as Readonly<Record<string, unknown>>)[`c${number}_${name}`]]),
      )
      const { data: read } = z.object(claim).safeParse(part)
      return read === undefined || read.kind === 'none' || read.slot === 'none' || read.quote.trim() === ''
        ? []
        : [read]
    }),
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
