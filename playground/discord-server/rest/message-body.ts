import { z } from 'zod'
import { refuse } from '#playground/discord-server/world/api-error.ts'
import type { Attachment } from '#playground/discord-server/world/message.ts'
import type { World } from '#playground/discord-server/world/world.ts'
import type { UploadedFile } from './read-body.ts'
import type { Call } from './route.ts'

const snowflake = z.string().regex(/^\d{17,20}$/)
const json = z.record(z.string(), z.unknown())

const allowedMentions = z.object({
  parse: z.array(z.enum(['users', 'roles', 'everyone'])).optional(),
  users: z.array(snowflake).max(100).optional(),
  roles: z.array(snowflake).max(100).optional(),
  replied_user: z.boolean().optional(),
})

const reference = z.object({
  type: z.union([z.literal(0), z.literal(1)]).optional(),
  message_id: snowflake,
  channel_id: snowflake.optional(),
  fail_if_not_exists: z.boolean().optional(),
})

const messageSchema = z.object({
  content: z.string().nullish(),
  nonce: z.union([z.string(), z.int()]).nullish(),
  enforce_nonce: z.boolean().nullish(),
  flags: z.int().nullish(),
  embeds: z.array(json).nullish(),
  components: z.array(json).nullish(),
  allowed_mentions: allowedMentions.nullish(),
  message_reference: reference.nullish(),
  attachments: z.array(z.object({ id: z.union([z.string(), z.int()]) })).nullish(),
})

export type MessageBody = z.infer<typeof messageSchema>

/** Reads the body of a message that is sent or edited. Throws 50035 where its shape is wrong. */
export function messageBody(value: unknown): MessageBody {
  return shaped(messageSchema, value ?? {})
}

/** Reads a value as a schema says. Throws 50035 with the place of the first fault. */
export function shaped<Schema extends z.ZodType>(schema: Schema, value: unknown): z.infer<Schema> {
  const result = schema.safeParse(value)
  if (result.success) return result.data
  const [issue] = result.error.issues
  throw refuse.form(issue?.path.join('.') || '_', 'BASE_TYPE_INVALID', issue?.message ?? 'Invalid value.')
}

/** Keeps uploaded files and gives what the message says of them. Throws 40005 for one that is too large. */
export function storeFiles(world: World, channelId: string, files: readonly UploadedFile[]): readonly Attachment[] {
  if (files.some(one => one.bytes.length > world.rules.attachmentBytes)) throw refuse.tooLarge()
  return files.map(({ filename, contentType, bytes }) => {
    const id = world.ids.next()
    world.files.set(id, { filename, contentType, bytes })
    const url = `${world.origin}/attachments/${channelId}/${id}/${encodeURIComponent(filename)}`
    return { id, filename, contentType, size: bytes.length, url }
  })
}

/** The files of a message after an edit: those that the body retains, and the new ones. */
export function editedFiles(
  { world, files }: Call,
  body: MessageBody,
  before: Readonly<{ channelId: string; attachments: readonly Attachment[] }>,
): readonly Attachment[] | undefined {
  if (!body.attachments && files.length === 0) return undefined
  const retained = body.attachments?.map(one => String(one.id))
  const kept = before.attachments.filter(one => !retained || retained.includes(one.id))
  return [...kept, ...storeFiles(world, before.channelId, files)]
}
