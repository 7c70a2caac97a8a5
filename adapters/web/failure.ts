/** What a client is told that asked for what cannot be, by a code of few fixed words. */
export const failures = {
  bad_request: 400,
  not_signed_in: 401,
  forbidden: 403,
  not_found: 404,
  too_large: 413,
  unsupported_media_type: 415,
  misdirected: 421,
  too_many_requests: 429,
  broken: 500,
  resting: 503,
} as const
export type FailureCode = keyof typeof failures

/** Ends a request with that code, and words for whoever builds the client. */
export class Failure extends Error {
  readonly code: FailureCode

  constructor(code: FailureCode, message: string) {
    super(message)
    this.code = code
  }

  get status(): (typeof failures)[FailureCode] {
    return failures[this.code]
  }
}

export const unknownConversation = () => new Failure('not_found', 'There is no such conversation.')
export const unknownMessage = () => new Failure('not_found', 'There is no such message.')
