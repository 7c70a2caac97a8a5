import { readFileSync } from 'node:fs'
import { Hono } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import type { Log } from '#src/core/log.ts'
import type { Door, Env } from './door.ts'
import { Failure, type FailureCode } from './failure.ts'
import { pageRoutes } from './page-routes.ts'
import { chatRoutes } from './routes/chat.ts'
import { conversationRoutes } from './routes/conversations.ts'
import { selfRoutes } from './routes/self.ts'
import { wordRoutes } from './routes/words.ts'

/** Room for the longest message that is not refused kindly, each of its characters escaped. */
const largestBody = 256 * 1024

/** Scripts and styles of our own alone; nobody frames it, and no address of a talk goes along to another site. */
const policy =
  "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self'; connect-src 'self'; manifest-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"

type Parts = Readonly<{ door: Door; signIn: 'local' | 'link'; page: string | undefined; log: Log }>

/** All routes, behind the guard. */
export function createApp({ door, signIn, page, log }: Parts): Hono<Env> {
  const app = new Hono<Env>()
  app.use(async (c, next) => {
    c.header('x-content-type-options', 'nosniff')
    c.header('referrer-policy', 'no-referrer')
    c.header('content-security-policy', policy)
    c.header('cross-origin-resource-policy', 'same-origin')
    door.guard.check(c.env.incoming)
    if (c.req.path.startsWith('/api/')) c.header('cache-control', 'no-store')
    await next()
  })
  const onError = () => failed('too_large', `The body is larger than ${largestBody} bytes.`)
  app.use('/api/*', bodyLimit({ maxSize: largestBody, onError }))

  chatRoutes(app, door)
  conversationRoutes(app, door)
  wordRoutes(app, door)
  selfRoutes(app, door, signIn)
  const openApi = readFileSync(new URL('./openapi.json', import.meta.url), 'utf8')
  app.get('/api/openapi.json', c => c.body(openApi, 200, { 'content-type': 'application/json' }))

  pageRoutes(app, page)

  app.notFound(c => failed('not_found', `There is nothing at ${c.req.path.slice(0, 80)}.`))
  app.onError((error, c) => {
    if (error instanceof Failure) return failed(error.code, error.message, error.status)
    // A body that broke off has nobody left to be answered.
    if (c.env.incoming.destroyed || c.env.incoming.aborted) return failed('bad_request', 'The request broke off.')
    log.error({ err: error, path: c.req.routePath }, 'a request could not be answered')
    return failed('broken', 'Something of mine broke. Try again in a moment.')
  })
  return app
}

function failed(code: FailureCode, message: string, status?: number): Response {
  return Response.json({ error: { code, message } }, { status: status ?? statusOf(code) })
}

function statusOf(code: FailureCode): number {
  return new Failure(code, '').status
}
