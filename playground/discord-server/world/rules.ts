/** So many requests in so long a window; the window opens with the first request of it. */
export type Limit = { limit: number; windowMs: number }

/** What the platform enforces. Every value may be changed while the server runs; `defaultRules` are Discord's own. */
export type Rules = {
  /** Most characters of a message's content. */
  contentLimit: number
  /** Discord does not say what a character is; UTF-16 units are the stricter reading. */
  countBy: 'utf-16' | 'code-points'
  /** POST and PATCH of messages, per channel. */
  writes: Limit
  /** POST and PATCH answer with one bucket hash and yet count apart (discord-api-docs #8073); true makes them share. */
  writesCountTogether: boolean
  /** Answers to interactions and edits of them, per token. */
  interactionWrites: Limit
  /** Every other route, per channel, guild or nothing. */
  others: Limit
  /** A limit of its own for a route, by "METHOD /template", for instance "POST /channels/:channel/typing". */
  routes: Record<string, Limit>
  /** Requests of the bot in one second over all routes; interactions are exempt. */
  globalPerSecond: number
  /** Answers 401, 403 and 429 (scope shared excepted) before the address is banned for the rest of the window. */
  invalidRequests: Limit
  /** Edits of messages older than an hour, per channel; the figures are third-party observations. */
  oldEdits: Limit & { afterMs: number }
  /** How long a nonce is remembered ("the past few minutes"). */
  nonceMemoryMs: number
  /** Most bytes of one uploaded file, and of a whole request. */
  attachmentBytes: number
  requestBytes: number
  heartbeatIntervalMs: number
  /** How long a session waits for its RESUME. */
  resumeWindowMs: number
  /** Events a session keeps for a replay; a longer gap ends it. */
  replayLimit: number
  /** What `GET /gateway/bot` says of session starts; `remaining` goes down with each IDENTIFY. */
  sessionStarts: { total: number; remaining: number; maxConcurrency: number }
  /** Discord refuses (op 9) a second IDENTIFY within 5 s. Off by default, because a test restarts faster than that. */
  identifyWindowMs: number
  /** Messages a client may send over one socket in a minute before 4008. */
  gatewaySendsPerMinute: number
  /** Time for the first answer to an interaction, and life of its token. */
  interactionAckMs: number
  interactionLifeMs: number
  /** How long a typing indicator stands. */
  typingMs: number
}

const mebibyte = 1024 * 1024

export function defaultRules(): Rules {
  return {
    contentLimit: 2_000,
    countBy: 'utf-16',
    writes: { limit: 5, windowMs: 5_000 },
    writesCountTogether: false,
    interactionWrites: { limit: 5, windowMs: 2_000 },
    others: { limit: 50, windowMs: 1_000 },
    routes: {},
    globalPerSecond: 50,
    invalidRequests: { limit: 10_000, windowMs: 600_000 },
    oldEdits: { afterMs: 3_600_000, limit: 3, windowMs: 20_000 },
    nonceMemoryMs: 300_000,
    attachmentBytes: 10 * mebibyte,
    requestBytes: 25 * mebibyte,
    heartbeatIntervalMs: 41_250,
    resumeWindowMs: 180_000,
    replayLimit: 20_000,
    sessionStarts: { total: 1_000, remaining: 1_000, maxConcurrency: 1 },
    identifyWindowMs: 0,
    gatewaySendsPerMinute: 120,
    interactionAckMs: 3_000,
    interactionLifeMs: 900_000,
    typingMs: 10_000,
  }
}
