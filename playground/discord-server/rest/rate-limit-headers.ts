import type { BucketState } from './rate-limits.ts'

type Headers = Readonly<Record<string, string>>

/** The X-RateLimit headers of a bucket, times in seconds with milliseconds behind the point. */
export function bucketHeaders(state: BucketState, now: number): Headers {
  return {
    'x-ratelimit-limit': String(state.limit),
    'x-ratelimit-remaining': String(state.remaining),
    'x-ratelimit-reset': (state.resetAt / 1_000).toFixed(3),
    'x-ratelimit-reset-after': (Math.max(0, state.resetAt - now) / 1_000).toFixed(3),
    'x-ratelimit-bucket': state.hash,
  }
}

/** The headers of a 429. Retry-After is in whole seconds, rounded up; the body has the exact time. */
export function refusalHeaders(scope: 'user' | 'shared' | 'global', retryAfterMs: number): Headers {
  return {
    'retry-after': String(Math.ceil(retryAfterMs / 1_000)),
    'x-ratelimit-scope': scope,
    ...(scope === 'global' && { 'x-ratelimit-global': 'true' }),
  }
}
