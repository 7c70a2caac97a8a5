/** One line that the service wrote: an entry of its log, or plain words on its way down. */
export type ServiceLine = Readonly<{
  /** pino's name of the level; plain words count as `error`. */
  level: string
  at: Date | undefined
  part: string | undefined
  words: string
  /** The address that it tells, if it tells one. */
  url: string | undefined
}>

/** Reads a line of pino's JSON; everything else is taken as it is. */
export function readServiceLine(line: string): ServiceLine {
  const entry = parse(line)
  if (entry === undefined) return { level: 'error', at: undefined, part: undefined, words: line, url: undefined }
  const { level, time, part, msg, url } = entry
  return {
    level: typeof level === 'string' ? level : 'info',
    at: typeof time === 'string' ? new Date(time) : undefined,
    part: typeof part === 'string' ? part : undefined,
    words: [msg, entry['why'], causeOf(entry), entry['cure']]
      .filter(words => typeof words === 'string' && words !== '')
      .join(': '),
    url: typeof url === 'string' ? url : undefined,
  }
}

/** Whether somebody who watches ought to see it without asking. */
export function isAlarming({ level }: ServiceLine): boolean {
  return level === 'warn' || level === 'error' || level === 'fatal'
}

function parse(line: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(line)
    return typeof value === 'object' && value !== null && 'level' in value
      ? (value as Readonly<Record<string, unknown>>)
      : undefined
  } catch {
    return undefined
  }
}

/** The innermost reason that is told in words. */
function causeOf({ err, cause }: Readonly<Record<string, unknown>>): string {
  if (typeof cause === 'string') return cause
  let told = ''
  for (
    let error = err;
    typeof error === 'object' && error !== null;
    error = 'cause' in error ? error.cause : undefined
  ) {
    const { message, code, type } = error as Readonly<Record<string, unknown>>
    told = [message, code, told === '' ? type : undefined].find(word => typeof word === 'string')?.toString() ?? told
  }
  return told
}
