import { z } from 'zod'

// What is read of Slack's payloads, and no more. Slack writes null where it means nothing.
const text = z.string().nullish()

/** What Slack calls a workspace, a channel, an account, an event. */
const id = z.string().regex(/^\w+$/)

/** The name of a message, and the order of its channel. */
const ts = z.string().regex(/^\d{1,12}\.\d{1,6}$/)

const file = z.object({
  id: text,
  size: z.number().nullish(),
  name: text,
  title: text,
  mimetype: text,
  subtype: text,
  url_private: text.catch(undefined),
  url_private_download: text.catch(undefined),
})

const attachment = z.object({
  text: text,
  fallback: text,
  title: text,
  from_url: text,
  ts: z.union([z.string(), z.number()]).nullish(),
  channel_id: text,
  author_id: text,
  author_name: text,
  author_subname: text,
  bot_id: text,
  is_msg_unfurl: z.boolean().nullish(),
  is_share: z.boolean().nullish(),
  files: z.array(file).nullish(),
})

const metadata = z.object({ event_type: text, event_payload: z.record(z.string(), z.unknown()).nullish() })

const profile = z.object({ display_name: text, real_name: text, name: text, team: text })

/** A message as events, lists and other messages hold it. */
export const messageSchema = z.object({
  subtype: text,
  user: id.nullish(),
  bot_id: text,
  text: z.string().nullish(),
  ts,
  thread_ts: ts.nullish(),
  parent_user_id: text,
  files: z.array(file).nullish(),
  attachments: z.array(attachment).nullish(),
  edited: z.object({ ts }).nullish(),
  metadata: metadata.nullish().catch(undefined),
  app_context: z.unknown().optional(),
  user_profile: profile.nullish(),
  user_team: text,
  streaming_state: text.catch(undefined),
  is_ephemeral: z.boolean().nullish().catch(undefined),
  reply_users: z.array(z.string()).nullish(),
  latest_reply: ts.nullish().catch(undefined),
})

export type SlackMessage = z.infer<typeof messageSchema>
export type SlackAttachment = z.infer<typeof attachment>

const where = { channel: id, channel_type: text }

export const postedSchema = messageSchema.extend(where)
export const changedSchema = z.object({
  ...where,
  message: messageSchema,
  previous_message: messageSchema.nullish().catch(undefined),
})
export const deletedSchema = z.object({
  ...where,
  ts,
  deleted_ts: ts,
})

export const reactionSchema = z.object({
  user: id,
  reaction: z.string().min(1),
  item_user: text,
  event_ts: ts,
  item: z.object({ type: z.literal('message'), channel: id, ts }),
})

export const stoppedSchema = z.object({
  user: id,
  channel: id,
  thread_ts: ts,
  streaming_message_ts: z.array(ts).nullish(),
  event_ts: ts,
})

/** What tells in a shared channel whom an event is for. */
const words = z.object({ text, thread_ts: text })
export const sharedSchema = words.extend({
  channel: z.string().nullish().catch(undefined),
  item_user: text,
  message: words.nullish(),
})

export const homeSchema = z.object({ user: id, channel: id, tab: text })
export const channelSchema = z.object({ channel: id })
export const revokedSchema = z.object({ tokens: z.object({ bot: z.array(z.string()).nullish() }) })

/** What all events come in. */
export const envelopeSchema = z.object({
  type: z.literal('event_callback'),
  team_id: id,
  context_team_id: text,
  event_id: id,
  event_time: z.number().nullish(),
  is_ext_shared_channel: z.boolean().nullish(),
  authorizations: z.array(z.object({ team_id: text })).nullish(),
  event: z.looseObject({ type: z.string(), subtype: text, event_ts: ts.nullish().catch(undefined) }),
})

export type Envelope = z.infer<typeof envelopeSchema>

export const clickSchema = z.object({
  type: z.literal('block_actions'),
  team: z.object({ id }),
  user: z.object({ id }),
  trigger_id: text,
  channel: z.object({ id }),
  container: z.object({ message_ts: ts, thread_ts: ts.nullish() }),
  actions: z.array(z.object({ action_id: z.string(), action_ts: ts, value: text })).min(1),
})

export type Click = z.infer<typeof clickSchema>

/** `/aeries VERB ...`, as typed. */
export const commandSchema = z.object({
  command: z.string().startsWith('/'),
  text: z.string().default(''),
  team_id: id,
  channel_id: id,
  user_id: id,
  trigger_id: z.string(),
  response_url: z.string(),
})
export type SlashCommand = z.infer<typeof commandSchema>

const by = { team: z.object({ id }), user: z.object({ id }) }

/** Something picked from the menu of a message. */
export const shortcutSchema = z.object({
  type: z.literal('message_action'),
  ...by,
  callback_id: z.string(),
  trigger_id: z.string(),
  action_ts: ts,
  response_url: z.string(),
  channel: z.object({ id }),
  message: messageSchema,
})
export type Shortcut = z.infer<typeof shortcutSchema>

const field = z.object({ value: text })

/** A form that was sent. */
export const submissionSchema = z.object({
  type: z.literal('view_submission'),
  ...by,
  view: z.object({
    id,
    private_metadata: text,
    state: z.object({ values: z.record(z.string(), z.record(z.string(), field)).nullish() }).nullish(),
  }),
})
export type Submission = z.infer<typeof submissionSchema>

/** A button of the home tab. */
export const homeClickSchema = z.object({
  type: z.literal('block_actions'),
  ...by,
  view: z.object({ id, type: z.literal('home'), private_metadata: text }),
  actions: z.array(z.object({ action_id: z.string(), action_ts: ts, value: text })).min(1),
})
export type HomeClick = z.infer<typeof homeClickSchema>

export const authSchema = z.object({
  team_id: z.string(),
  user_id: z.string(),
  bot_id: text,
  enterprise_id: text,
  response_metadata: z.object({ scopes: z.array(z.string()).nullish() }).nullish(),
})

const flag = z.boolean().nullish()

export const userSchema = z.object({
  user: z.object({
    id: z.string(),
    team_id: text,
    name: text,
    real_name: text,
    is_bot: z.boolean().nullish(),
    is_stranger: flag,
    is_admin: flag,
    is_owner: flag,
    enterprise_user: z.object({ enterprise_id: text, is_admin: flag, is_owner: flag }).nullish(),
    profile: z.object({ display_name: text, real_name: text }).nullish(),
  }),
})

export const channelInfoSchema = z.object({
  channel: z.object({
    name: text,
    is_im: z.boolean().nullish(),
    is_mpim: z.boolean().nullish(),
    is_private: z.boolean().nullish(),
    is_ext_shared: z.boolean().nullish(),
  }),
})

export const listSchema = z.object({
  // One that nobody understands takes no other with it.
  messages: z
    .array(z.unknown())
    .transform(messages => messages.flatMap(message => messageSchema.safeParse(message).data ?? [])),
  has_more: z.boolean().nullish(),
  response_metadata: z.object({ next_cursor: text }).nullish(),
})

export const joinedSchema = z.object({
  channels: z.array(z.object({ id: z.string(), created: z.number().nullish(), updated: z.number().nullish() })),
  response_metadata: z.object({ next_cursor: text }).nullish(),
})

export const madeSchema = z.object({ ts })
export const uploadSchema = z.object({ upload_url: z.string(), file_id: z.string() })
export const openedSchema = z.object({ channel: z.object({ id }) })
export const permalinkSchema = z.object({ permalink: z.string() })
