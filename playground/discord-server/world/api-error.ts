import type { Json } from './json.ts'

type Extra = Readonly<{ errors?: Json; retryAfterMs?: number }>

/** A refusal in Discord's own words: HTTP status, JSON error code, message, and for a bad form where the fault lies. */
export class ApiError extends Error {
  override readonly name = 'ApiError'
  readonly status: number
  readonly code: number
  readonly errors: Json | undefined
  /** Set on refusals that pass by themselves. */
  readonly retryAfterMs: number | undefined

  constructor(status: number, code: number, message: string, extra: Extra = {}) {
    super(message)
    this.status = status
    this.code = code
    this.errors = extra.errors
    this.retryAfterMs = extra.retryAfterMs
  }

  get body(): Json {
    return { message: this.message, code: this.code, ...(this.errors && { errors: this.errors }) }
  }
}

/** The refusals of Discord that this server knows, each made by one function. */
export const refuse = {
  unauthorized: () => new ApiError(401, 0, '401: Unauthorized'),
  notFound: () => new ApiError(404, 0, '404: Not Found'),
  unknownChannel: () => new ApiError(404, 10_003, 'Unknown Channel'),
  unknownGuild: () => new ApiError(404, 10_004, 'Unknown Guild'),
  unknownMember: () => new ApiError(404, 10_007, 'Unknown Member'),
  unknownMessage: () => new ApiError(404, 10_008, 'Unknown Message'),
  unknownUser: () => new ApiError(404, 10_013, 'Unknown User'),
  unknownEmoji: () => new ApiError(400, 10_014, 'Unknown Emoji'),
  unknownWebhook: () => new ApiError(404, 10_015, 'Unknown Webhook'),
  unknownInteraction: () => new ApiError(404, 10_062, 'Unknown interaction'),
  tooManyReactions: () => new ApiError(400, 30_010, 'Maximum number of reactions reached (20)'),
  oldEdits: (retryAfterMs: number) =>
    new ApiError(429, 30_046, 'Maximum number of edits to messages older than 1 hour reached. Try again later', {
      retryAfterMs,
    }),
  tooLarge: () => new ApiError(413, 40_005, 'Request entity too large'),
  acknowledged: () => new ApiError(400, 40_060, 'Interaction has already been acknowledged.'),
  missingAccess: () => new ApiError(403, 50_001, 'Missing Access'),
  notInDm: () => new ApiError(403, 50_003, 'Cannot execute action on a DM channel'),
  notTheAuthor: () => new ApiError(403, 50_005, 'Cannot edit a message authored by another user'),
  emptyMessage: () => new ApiError(400, 50_006, 'Cannot send an empty message'),
  closedDm: () => new ApiError(403, 50_007, 'Cannot send messages to this user'),
  missingPermissions: () => new ApiError(403, 50_013, 'Missing Permissions'),
  invalidWebhookToken: () => new ApiError(401, 50_027, 'Invalid Webhook Token'),
  tooOldToBulkDelete: () => new ApiError(400, 50_034, 'You can only bulk delete messages that are under 14 days old.'),
  invalidJson: () => new ApiError(400, 50_109, 'The request body contains invalid JSON.'),
  archivedThread: () => new ApiError(400, 50_083, 'Thread is archived'),
  replyWithoutHistory: () => new ApiError(400, 160_002, 'Cannot reply without permission to read message history'),
  threadExists: () => new ApiError(400, 160_004, 'A thread has already been created for this message'),
  lockedThread: () => new ApiError(400, 160_005, 'Thread is locked'),
  /** A bad form: `field` is the path to the fault, its parts joined by dots. */
  form: (field: string, code: string, message: string) =>
    new ApiError(400, 50_035, 'Invalid Form Body', { errors: nested(field, { _errors: [{ code, message }] }) }),
} as const

function nested(field: string, leaf: Json): Json {
  return field.split('.').reduceRight<Json>((inner, key) => ({ [key]: inner }), leaf)
}
