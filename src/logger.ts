import { type DestinationStream, type Logger, type LoggerOptions, pino } from 'pino'
import { isAeriesError } from '#src/core/errors.ts'

export type LogSettings = Readonly<{
  level: string
  /** Lets what people wrote into the log, for hunting a fault on one's own machine. */
  withContent: boolean
}>

/** Where a room logs somebody's words, it logs them under this name. */
const content = ['text']

/** Of a foreign error only these: a `DiscordAPIError` carries the request's body and the interaction's token. */
const told = ['code', 'status', 'method', 'errno', 'syscall'] as const
const deepestCause = 4

/**
 * The root of all loggers; every part takes a child. What people wrote and tokens are never in it: an error passes through
 * an allow-list, and every other field is named by whoever logs it.
 */
export function createLogger({ level, withContent }: LogSettings, destination?: DestinationStream): Logger {
  const options: LoggerOptions = {
    level,
    redact: { paths: withContent ? [] : content, remove: true },
    base: null,
    timestamp: pino.stdTimeFunctions.isoTime,
    formatters: { level: (label: string) => ({ level: label }) },
    serializers: { err: (error: unknown) => tellError(error, withContent, 0) },
  }
  return destination ? pino(options, destination) : pino(options)
}

function tellError(error: unknown, withContent: boolean, depth: number): object {
  if (!(error instanceof Error)) return { type: typeof error }
  const fields = error as Error & Readonly<Record<string, unknown>>
  const facts = Object.fromEntries(told.flatMap(key => (isPlain(fields[key]) ? [[key, fields[key]]] : [])))
  return {
    type: error.name,
    // Only our own words are known to hold nobody else's.
    ...((withContent || isAeriesError(error)) && { message: error.message }),
    ...facts,
    ...routeOf(fields['url']),
    stack: framesOf(error),
    ...(error.cause !== undefined && depth < deepestCause && { cause: tellError(error.cause, withContent, depth + 1) }),
  }
}

function isPlain(value: unknown): value is string | number {
  return typeof value === 'string' || typeof value === 'number'
}

/** The route's template: ids, tokens and queries are left out. */
function routeOf(url: unknown): object {
  if (typeof url !== 'string' || !URL.canParse(url)) return {}
  const route = new URL(url).pathname.replace(/\/(?=[^/]*\d)[\w%.~-]{16,}|\/(?:aW|[\w-]{40,})[^/]*/g, '/:id')
  return { route }
}

/** A stack begins with the message, which stays out: somebody's words may have lines that look like frames. */
function framesOf({ stack = '', message }: Error): readonly string[] {
  return stack
    .slice(Math.max(stack.indexOf(message), 0) + message.length)
    .split('\n')
    .filter(line => /^\s+at /.test(line))
    .slice(0, 8)
    .map(line => line.trim())
}
