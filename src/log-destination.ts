import type { DestinationStream } from 'pino'

/**
 * Lines for people's eyes where the log goes to a terminal; `undefined`: one JSON object a line, for whatever collects it. A line is
 * there before `write` returns, also the last one of a crash.
 */
export async function logDestination(
  out: Pick<NodeJS.WriteStream, 'isTTY' | 'write'> = process.stdout,
): Promise<DestinationStream | undefined> {
  if (!out.isTTY) return undefined
  const { prettyFactory } = await import('pino-pretty')
  const pretty = prettyFactory({ colorize: true, translateTime: 'SYS:HH:MM:ss.l' })
  return { write: line => void out.write(pretty(line)) }
}
