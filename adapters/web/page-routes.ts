import { fileURLToPath } from 'node:url'
import { serveStatic } from '@hono/node-server/serve-static'
import type { Hono } from 'hono'
import type { Env } from './door.ts'

/** Where `npm run build:web` leaves the page. */
const built = fileURLToPath(new URL('./page-built', import.meta.url))

const notBuilt = 'Aeries is here, and its page is not built: npm run build:web. /api/openapi.json tells of the API.\n'

/** The page, as it was built. It is looked for at each request: one that is built later is there without a new start. */
export function pageRoutes(app: Hono<Env>, folder = built): void {
  app.get(
    '/*',
    serveStatic({
      root: folder,
      // What is named for its content never changes; the page that names it does.
      onFound: (path, c) =>
        c.header('cache-control', path.endsWith('.html') ? 'no-cache' : 'public, max-age=31536000, immutable'),
    }),
  )
  app.get('/', c => c.text(notBuilt))
}
