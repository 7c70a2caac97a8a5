import { DefaultUserAgent } from 'discord.js'
import { request } from 'undici'

export type Answered = Readonly<{
  status: number
  headers: Readonly<Record<string, string | string[] | undefined>>
  /** `undefined`: it was no JSON. */
  body: unknown
}>

/** The network's word for why nobody answered. */
export class NoAnswer extends Error {}

/** A platform that is there answers within a second. */
const patienceMs = 10_000

/** One question to a platform's web API. Throws `NoAnswer`, or the signal's reason. */
export async function askPlatform(
  url: string,
  authorization: string,
  method: 'GET' | 'POST',
  signal: AbortSignal,
): Promise<Answered> {
  const both = AbortSignal.any([signal, AbortSignal.timeout(patienceMs)])
  try {
    // Discord refuses whoever does not name themself in its form.
    const headers = { authorization, 'user-agent': DefaultUserAgent }
    const response = await request(url, { method, headers, signal: both })
    return { status: response.statusCode, headers: response.headers, body: jsonOf(await response.body.text()) }
  } catch (error) {
    signal.throwIfAborted()
    throw new NoAnswer(wordOf(error), { cause: error })
  }
}

/** How far our clock is ahead of theirs, in seconds, as told by the Date header, which counts whole ones. */
export function clockAheadSeconds({ headers }: Answered): number | undefined {
  const theirs = Date.parse(String(headers['date']))
  return Number.isNaN(theirs) ? undefined : Math.round((Date.now() - theirs) / 1_000)
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

function wordOf(error: unknown): string {
  if (!(error instanceof Error)) return 'no answer'
  if (error.name === 'TimeoutError') return `nothing came within ${patienceMs / 1_000} s`
  return 'code' in error ? String(error.code) : error.name
}
