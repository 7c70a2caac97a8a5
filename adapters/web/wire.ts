import { z } from 'zod'
import { messagePattern, talkPattern } from './ids.ts'
import { reasons } from './judgement.ts'

/** What a request may bring. Whatever else it brings is refused, so that nobody relies on what is not read. */

const talk = z.string().regex(talkPattern)
const messageId = z.string().regex(messagePattern)
/** The engine's own limit is tighter, and told kindly. */
const words = z
  .string()
  .max(100_000)
  .refine(text => text.trim() !== '', 'must have words')
const title = z.string().trim().min(1).max(200)

export const wire = {
  chat: z.strictObject({ message: words, conversationId: talk }),
  begin: z.strictObject({ title: title.optional() }),
  change: z
    .strictObject({ title: title.nullable().optional(), persona: z.string().max(80).nullable().optional() })
    .refine(({ title, persona }) => title !== undefined || persona !== undefined, 'must change something'),
  feedback: z
    .strictObject({ messageId, verdict: z.enum(['up', 'down']), reason: z.enum(reasons).optional() })
    .refine(({ verdict, reason }) => verdict === 'down' || reason === undefined, 'a reason is for what was not good'),
  takeBack: z.strictObject({ messageId }),
  reaction: z.strictObject({ messageId, emoji: z.string().min(1).max(64) }),
  edit: z.strictObject({ message: words }),
  tap: z.strictObject({ messageId, action: z.string().min(1).max(60) }),
  command: z.strictObject({
    conversationId: talk,
    verb: z.string().regex(/^[a-z_]{1,32}$/),
    words: z.string().max(4_000).default(''),
  }),
  signIn: z.strictObject({ code: z.string().min(1).max(40) }),
  listQuery: z.object({
    q: z.string().max(200).optional(),
    cursor: z.string().max(200).optional(),
    limit: z.coerce.number().int().min(1).max(100).default(30),
  }),
  pageQuery: z.object({
    before: z
      .string()
      .regex(/^\d{1,16}\.\d{1,16}$/)
      .refine(
        place => place.split('.').every(part => Number.isSafeInteger(Number(part))),
        'must be a place that was given',
      )
      .optional(),
    limit: z.coerce.number().int().min(1).max(200).default(50),
  }),
  briefingQuery: z.object({ conversationId: talk }),
} as const
