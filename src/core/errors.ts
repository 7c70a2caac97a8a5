/** Errors are classes by what the caller does next. Their messages are for operators and name cause and cure. */
abstract class AeriesError extends Error {
  override readonly name = this.constructor.name
}

/** The set-up is wrong: print and stop. */
export class ConfigError extends AeriesError {}

/** Somebody whom we need is away or overloaded: say so kindly, try again later. */
export class UnavailableError extends AeriesError {}

/** The prompt is longer than the model takes: trim and try once more. */
export class ContextOverflowError extends AeriesError {
  /** What the server says it takes, in tokens. */
  readonly contextLength: number | undefined

  constructor(message: string, contextLength: number | undefined, options?: ErrorOptions) {
    super(message, options)
    this.contextLength = contextLength
  }
}

/** The other side understood and said no: repeating changes nothing. */
export class RefusedError extends AeriesError {}

/** A fault of our own: log it loudly. */
export class DefectError extends AeriesError {}

/** Our own errors hold nothing but our own words; of others nobody knows. */
export function isAeriesError(error: unknown): error is Error {
  return error instanceof AeriesError
}
