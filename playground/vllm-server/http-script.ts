import type { OpenCall } from './call-log.ts'
import type { Engine } from './engine.ts'
import type { Exchange } from './exchange.ts'
import type { Script } from './script.ts'

/** The HTTP answer that a script prescribes: a gateway's 429, a proxy's page, an empty body. */
export async function answerByHttp(
  engine: Engine,
  exchange: Exchange,
  call: OpenCall,
  http: NonNullable<Script['http']>,
): Promise<void> {
  if (http.delayMs !== undefined) await exchange.sleepUntil(performance.now() + http.delayMs)
  if (exchange.isClosed) return
  call.status = http.status
  engine.log.close(call, http.status < 400 ? 'finished' : 'refused')
  for (const [name, value] of Object.entries(http.headers ?? {})) exchange.res.setHeader(name, value)
  if (http.retryAfter !== undefined) exchange.res.setHeader('retry-after', String(http.retryAfter))
  const isText = typeof http.body === 'string' || http.body === undefined
  const body = isText ? String(http.body ?? '') : JSON.stringify(http.body)
  exchange.json(http.status, body, http.contentType ?? (isText ? 'text/plain' : 'application/json'))
}
