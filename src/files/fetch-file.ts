import { RefusedError, UnavailableError } from '#src/core/errors.ts'

/** From where files may be fetched, and with what: a token goes nowhere else. */
export type FileAccess = Readonly<{
  /** `https://files.example`: scheme, host and port. */
  origins: readonly string[]
  headers?: Readonly<Record<string, string>>
}>

export type FetchedFile = Readonly<{
  bytes: Uint8Array
  /** There is nothing behind them. */
  isWhole: boolean
  mediaType: string
}>

const mostRedirects = 3

/** Whether that address is one of a platform's own, and nothing hides in it. */
export function isAllowed(address: string, { origins }: FileAccess): boolean {
  const url = URL.parse(address)
  return url !== null && origins.includes(url.origin) && url.username === '' && url.password === ''
}

/**
 * The first bytes of a file, at most so many; what is larger is not read to its end. Redirects are followed only to where it may be
 * fetched from. Throws `RefusedError` for another host or an answer that is no file, `UnavailableError` for a fault on the way, or the
 * signal's reason.
 */
export async function fetchFile(
  address: string,
  access: FileAccess,
  most: number,
  signal: AbortSignal,
): Promise<FetchedFile> {
  let at = address
  for (let redirects = 0; redirects <= mostRedirects; redirects += 1) {
    if (!isAllowed(at, access)) throw new RefusedError('the file is on a host that is not the platform’s own')
    const response = await request(at, access, signal)
    const next = response.headers.get('location')
    if (response.status >= 300 && response.status < 400 && next !== null) {
      await response.body?.cancel()
      at = URL.parse(next, at)?.href ?? ''
      continue
    }
    if (response.status === 200) return await read(response, most, signal)
    await response.body?.cancel()
    throw new RefusedError(`the file was answered ${response.status}`)
  }
  throw new RefusedError('the file was redirected too often')
}

async function request(address: string, { headers }: FileAccess, signal: AbortSignal): Promise<Response> {
  try {
    return await fetch(address, { redirect: 'manual', signal, ...(headers && { headers: { ...headers } }) })
  } catch (error) {
    signal.throwIfAborted()
    throw new UnavailableError('the file could not be fetched', { cause: error })
  }
}

async function read(response: Response, most: number, signal: AbortSignal): Promise<FetchedFile> {
  const mediaType = response.headers.get('content-type')?.split(';')[0]?.trim().toLowerCase() ?? ''
  const parts: Uint8Array[] = []
  let length = 0
  try {
    for await (const part of response.body ?? []) {
      parts.push(part)
      length += part.length
      // Leaving the loop closes the connection.
      if (length > most) break
    }
  } catch (error) {
    signal.throwIfAborted()
    throw new UnavailableError('the file broke off', { cause: error })
  }
  return { bytes: Buffer.concat(parts).subarray(0, most), isWhole: length <= most, mediaType }
}
