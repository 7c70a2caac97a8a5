import { webApi } from '@slack/bolt'

/** All that may be said of a failed request: the library's errors hold answers whole, with what people wrote. */
export type Fault = Readonly<{
  status: number | undefined
  /** Slack's word for a refusal, or the network's for a fault. */
  error: string | undefined
  /** Slack understood the call and said no. */
  refused: boolean
  retryAfterMs: number | undefined
}>

/** A limit without a time: long enough not to knock again at once, short enough for a reader. */
const unknownRetryMs = 5_000
const limitWords: ReadonlySet<string> = new Set(['ratelimited', 'rate_limited'])

export function faultOf(error: unknown): Fault {
  if (error instanceof webApi.WebAPIRateLimitedError) {
    return { status: 429, error: 'ratelimited', refused: false, retryAfterMs: error.retryAfter * 1_000 }
  }
  if (error instanceof webApi.WebAPIPlatformError) return platformFault(error)
  if (error instanceof webApi.WebAPIHTTPError) {
    const { statusCode: status } = error
    const refused = status >= 400 && status < 500 && status !== 408 && status !== 425
    return { status, error: `http_${status}`, refused, retryAfterMs: undefined }
  }
  const original = error instanceof webApi.WebAPIRequestError ? error.original : error
  return { status: undefined, error: codeOf(original), refused: false, retryAfterMs: undefined }
}

/** Tokens that no patience mends; a new one has to be made. */
export function isTokenRefusal(error: string): boolean {
  return tokenRefusals.has(error)
}

const tokenRefusals: ReadonlySet<string> = new Set([
  'account_inactive',
  'app_uninstalled',
  'invalid_auth',
  'not_allowed_token_type',
  'not_authed',
  'org_login_required',
  'team_disabled',
  'token_expired',
  'token_revoked',
])

/** Slack's own troubles, told as refusals: whether anything was done nobody knows. */
const troubles: ReadonlySet<string> = new Set([
  'fatal_error',
  'internal_error',
  'request_timeout',
  'service_unavailable',
  'team_added_to_org',
])

function platformFault({ data }: webApi.WebAPIPlatformError): Fault {
  const { error, response_metadata: about } = data
  if (!limitWords.has(error)) return { status: 200, error, refused: !troubles.has(error), retryAfterMs: undefined }
  const retryAfterMs = about?.retryAfter === undefined ? unknownRetryMs : about.retryAfter * 1_000
  return { status: 200, error: 'ratelimited', refused: false, retryAfterMs }
}

/** Node's and undici's errors carry a word of their own, on themselves or on their cause; an abort has only a name. */
function codeOf(error: unknown): string | undefined {
  if (!(error instanceof Error)) return undefined
  if ('code' in error && typeof error.code === 'string') return error.code
  return error.cause instanceof Error ? codeOf(error.cause) : error.name
}
