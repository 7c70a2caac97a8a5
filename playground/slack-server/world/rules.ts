import type { ChannelKind } from './channel.ts'

/** What the platform enforces. Every value may be changed while the server runs; `defaultRules` are Slack's own. */
export type Rules = {
  /** False switches every rate limit off. */
  limitsOn: boolean
  /** Calls per window, method and workspace. Slack promises them as minimums. */
  tiers: { 1: number; 2: number; 3: number; 4: number }
  /** Calls that a window takes beyond its tier. Slack tolerates bursts of a size it does not tell. */
  burst: number
  windowMs: number
  /** A tier of its own for a method, in calls per window. */
  methodLimits: Record<string, number>
  /** One `chat.postMessage` per so many milliseconds and channel, after `burst` more at once. */
  posts: { everyMs: number; burst: number }
  /** Posts per window in a whole workspace; Slack says "several hundred". */
  workspacePosts: number
  /** How history and replies are read: as an internal app, or as one sold outside the Marketplace. */
  reads: 'tier-3' | 'one-a-minute'
  /** How a limit is told: status 429, or 200 with `ok: false` and that error. Always with Retry-After. */
  limitAnswer: '429' | 'ratelimited' | 'rate_limited'

  /** Slack does not say what a character is; UTF-16 units are the stricter reading. */
  countBy: 'utf-16' | 'code-points'
  /** `text` of an update above it: msg_too_long. */
  updateTextLimit: number
  /** `text` of a post above it is cut. */
  postTextLimit: number
  /** `markdown_text`, and all markdown blocks of a payload together. */
  markdownLimit: number
  /** Text of all blocks together: about 13,200 was seen refused (bolt-js #2509). */
  blocksTextLimit: number
  sectionTextLimit: number
  blockLimit: number
  /** Updates of older messages: edit_window_closed. */
  editWindowMs: number

  /** A stream ends as `errored` after so long without an append, or at the end of its life; Slack tells neither. */
  stream: { idleMs: number; lifeMs: number; charLimit: number; channels: readonly ChannelKind[] }
  /** `assistant.threads.setStatus` clears by itself. */
  statusMs: number

  /** Time for an acknowledgement; then the event comes again after each of the delays. */
  ackMs: number
  retryDelaysMs: readonly number[]
  /** Events in an hour and workspace before `app_rate_limited`. */
  eventsPerHour: number
  /** Which of `message` and `app_mention` of one post goes first; Slack promises neither. */
  mentionFirst: boolean
  socketLimit: number
  /** How long the address of `apps.connections.open` waits for its only use. */
  ticketMs: number
  /** How often the server pings a socket. */
  pingMs: number
  triggerMs: number
  responseUrl: { lifeMs: number; uses: number }
}

const minute = 60_000

export function defaultRules(): Rules {
  return {
    limitsOn: true,
    tiers: { 1: 1, 2: 20, 3: 50, 4: 100 },
    burst: 0,
    windowMs: minute,
    methodLimits: {},
    posts: { everyMs: 1_000, burst: 3 },
    workspacePosts: 300,
    reads: 'tier-3',
    limitAnswer: '429',
    countBy: 'utf-16',
    updateTextLimit: 4_000,
    postTextLimit: 40_000,
    markdownLimit: 12_000,
    blocksTextLimit: 13_200,
    sectionTextLimit: 3_000,
    blockLimit: 50,
    editWindowMs: Number.POSITIVE_INFINITY,
    stream: { idleMs: 3 * minute, lifeMs: 5 * minute, charLimit: 40_000, channels: ['im', 'public', 'private'] },
    statusMs: 2 * minute,
    ackMs: 3_000,
    retryDelaysMs: [0, minute, 5 * minute],
    eventsPerHour: 30_000,
    mentionFirst: false,
    socketLimit: 10,
    ticketMs: 30_000,
    pingMs: 10_000,
    triggerMs: 3_000,
    responseUrl: { lifeMs: 30 * minute, uses: 5 },
  }
}
