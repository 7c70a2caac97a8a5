import { answerAdmin } from './admin.ts'
import { unknownModel } from './api-error.ts'
import { chatCompletions } from './chat-completions.ts'
import type { Exchange } from './exchange.ts'
import type { House } from './house.ts'
import { readJsonBody } from './json-body.ts'
import { detokenize, tokenize } from './tokenize-routes.ts'

type Route = (house: House, exchange: Exchange) => Promise<void> | void
type Methods = Readonly<Partial<Record<string, Route>>>

const empty: Route = ({ engine }, exchange) => exchange.json(engine.isDead ? 503 : 200, '', '')

const routes: ReadonlyMap<string, Methods> = new Map<string, Methods>([
  ['/v1/chat/completions', { POST: ({ engine }, exchange) => chatCompletions(engine, exchange) }],
  ['/v1/models', { GET: models }],
  ['/tokenize', { POST: ({ engine }, exchange) => withJson(exchange, engine, tokenize) }],
  ['/detokenize', { POST: ({ engine }, exchange) => withJson(exchange, engine, detokenize) }],
  ['/health', { GET: empty }],
  ['/ping', { GET: empty, POST: empty }],
  ['/version', { GET: ({ engine }, exchange) => tell(exchange, { version: engine.profile.version }) }],
  // It counts only under --enable-server-load-tracking, which few servers have.
  ['/load', { GET: (_house, exchange) => tell(exchange, { server_load: 0 }) }],
  ['/metrics', { GET: metrics }],
])

const devRoutes: ReadonlyMap<string, Methods> = new Map<string, Methods>([
  ['/is_sleeping', { GET: ({ engine }, exchange) => tell(exchange, { is_sleeping: engine.state.asleep }) }],
  ['/sleep', { POST: sleep }],
  ['/wake_up', { POST: wakeUp }],
  ['/reset_prefix_cache', { POST: resetPrefixCache }],
])

/** Finds the way of one request; an unknown one ends as the real server's framework ends it. */
export async function route(house: House, exchange: Exchange): Promise<void> {
  const { req } = exchange
  const path = new URL(req.url ?? '/', 'http://stand-in').pathname
  if (path.startsWith('/__admin/')) return answerAdmin(house, exchange, path)
  const { options, profile } = house.engine
  if (isGuarded(path) && options.apiKey !== undefined && req.headers.authorization !== `Bearer ${options.apiKey}`) {
    exchange.res.removeHeader('vary') // this answer never reaches the layer that adds it
    return exchange.json(401, '{"error":"Unauthorized"}')
  }
  const methods = routes.get(path) ?? (options.devMode ? devRoutes.get(path) : undefined)
  if (!methods) {
    if (profile.unknownPath === 'detail') return exchange.json(404, '{"detail":"Not Found"}')
    return exchange.refuse({ status: 404, type: 'Not Found', message: 'Not Found', param: null }, profile)
  }
  const answer = methods[req.method ?? 'GET']
  if (answer) return answer(house, exchange)
  exchange.res.setHeader('allow', Object.keys(methods).join(', '))
  exchange.json(405, '{"detail":"Method Not Allowed"}')
}

function isGuarded(path: string): boolean {
  return path.startsWith('/v1/') || path.startsWith('/v2/')
}

function tell(exchange: Exchange, value: unknown): void {
  exchange.json(200, JSON.stringify(value))
}

async function withJson(exchange: Exchange, engine: House['engine'], answer: typeof tokenize): Promise<void> {
  const read = await readJsonBody(exchange.req)
  if ('error' in read) return exchange.refuse(read.error, engine.profile)
  const { model } = read.object
  if (typeof model === 'string' && model !== engine.state.model) {
    return exchange.refuse(unknownModel(model, engine.state.model), engine.profile)
  }
  const told = answer(engine, read.object)
  if ('error' in told) exchange.refuse(told.error, engine.profile)
  else tell(exchange, told.answer)
}

function models({ engine }: House, exchange: Exchange): void {
  const created = Math.floor(Date.now() / 1_000)
  const permission = {
    id: `modelperm-${engine.random.hex(16)}`,
    object: 'model_permission',
    created,
    allow_create_engine: false,
    allow_sampling: true,
    allow_logprobs: true,
    allow_search_indices: false,
    allow_view: true,
    allow_fine_tuning: false,
    organization: '*',
    group: null,
    is_blocking: false,
  }
  const { model, maxModelLen } = engine.state
  const card = { id: model, object: 'model', created, owned_by: 'vllm', root: model, parent: null }
  tell(exchange, { object: 'list', data: [{ ...card, max_model_len: maxModelLen, permission: [permission] }] })
}

function metrics({ engine }: House, exchange: Exchange): void {
  exchange.json(200, engine.metricsPage(), 'text/plain; version=1.0.0; charset=utf-8')
}

function sleep({ engine }: House, exchange: Exchange): void {
  engine.change({ asleep: true })
  engine.cache.clear() // the weights make room, and so does the cache
  tell(exchange, { status: 'sleeping', level: 1 })
}

function wakeUp({ engine }: House, exchange: Exchange): void {
  engine.change({ asleep: false })
  tell(exchange, { status: 'awake', tags: null })
}

function resetPrefixCache({ engine }: House, exchange: Exchange): void {
  engine.cache.clear()
  exchange.json(200, '', '')
}
