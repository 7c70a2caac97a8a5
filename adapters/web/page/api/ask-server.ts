import { line } from '#adapters/web/page/state/line.ts'
import { session } from '#adapters/web/page/state/who.ts'

/** The server's own word of why it did not do something. */
export class Refused extends Error {
  override readonly name = 'Refused'
  readonly code: string
  readonly status: number

  constructor(status: number, code: string, message: string) {
    super(message)
    this.status = status
    this.code = code
  }
}

/** Nobody answered: no line, or nobody at its other end. */
class Unreached extends Error {
  override readonly name = 'Unreached'
}

type Method = 'GET' | 'POST' | 'PATCH' | 'DELETE'
type More = Readonly<{ headers?: Readonly<Record<string, string>>; signal?: AbortSignal | undefined }>

/** Asks the server. Rejects with `Unreached`, or with `Refused` when it says no. */
export async function askServer(method: Method, path: string, body?: unknown, more: More = {}): Promise<Response> {
  const { headers = {}, signal } = more
  const response = await fetch(path, {
    method,
    headers: { ...(body !== undefined && { 'content-type': 'application/json' }), ...headers },
    ...(body !== undefined && { body: JSON.stringify(body) }),
    ...(signal && { signal }),
  }).catch((cause: unknown) => {
    if (!signal?.aborted) line.lost()
    throw new Unreached('Aeries cannot be reached.', { cause })
  })
  line.found()
  if (response.ok) return response
  if (response.status === 401) session.value = 'nobody'
  throw await refusalIn(response)
}

/** The same for an answer that is JSON. What the server says is trusted: both are of one build. */
export async function askJson<T>(method: Method, path: string, body?: unknown, more: More = {}): Promise<T> {
  const response = await askServer(method, path, body, more)
  return (await response.json()) as T
}

async function refusalIn(response: Response): Promise<Refused> {
  type Told = Readonly<{ error?: Readonly<{ code?: string; message?: string }> }>
  const { error } = (await response.json().catch(() => ({}))) as Told
  return new Refused(response.status, error?.code ?? 'broken', error?.message ?? 'Something of mine broke.')
}
