import { z } from 'zod'
import { isOwnPage } from '#playground/stand-in/is-own-page.ts'
import type { Exchange } from './exchange.ts'
import type { House } from './house.ts'
import { scriptSchema } from './script.ts'
import { statePatchSchema } from './server-state.ts'

const scripts = z.array(scriptSchema)

/**
 * The control routes, for whoever started the server: POST /__admin/script (one or a list), POST /__admin/state,
 * POST /__admin/reset, GET /__admin/calls, GET /__admin/state.
 */
export async function answerAdmin(house: House, exchange: Exchange, path: string): Promise<void> {
  // A web page that finds the port could script answers, and read what people asked.
  if (!isOwnPage(exchange.req)) return exchange.json(403, '{"detail":"It answers only to its own host and origin"}')
  const { engine } = house
  switch (`${exchange.req.method} ${path}`) {
    case 'GET /__admin/calls':
      return answer(exchange, engine.log.calls)
    case 'GET /__admin/state':
      return answer(exchange, engine.state)
    case 'POST /__admin/reset':
      await house.reset()
      return answer(exchange, { reset: true })
    case 'POST /__admin/script': {
      const given = scripts.safeParse([await readJson(exchange)].flat())
      if (!given.success) return complain(exchange, given.error)
      engine.scripts.add(given.data)
      return answer(exchange, { scripts: engine.scripts.length })
    }
    case 'POST /__admin/state': {
      const patch = statePatchSchema.safeParse(await readJson(exchange))
      if (!patch.success) return complain(exchange, patch.error)
      const told = { changed: Object.keys(patch.data) }
      if (patch.data.door === 'refusing' && exchange.req.socket.localPort === house.port()) {
        // The change cuts the very connection that asked for it: the answer goes first.
        const isOut = new Promise(resolve => exchange.res.once('finish', resolve))
        answer(exchange, told)
        await isOut
        return house.setState(patch.data)
      }
      await house.setState(patch.data)
      return answer(exchange, told)
    }
    default:
      exchange.json(404, '{"detail":"No such control"}')
  }
}

async function readJson(exchange: Exchange): Promise<unknown> {
  const chunks: Buffer[] = []
  for await (const chunk of exchange.req) chunks.push(chunk)
  try {
    return JSON.parse(Buffer.concat(chunks).toString('utf8'))
  } catch {
    return undefined // the schema says what is missing
  }
}

function answer(exchange: Exchange, value: unknown): void {
  exchange.json(200, JSON.stringify(value))
}

function complain(exchange: Exchange, error: z.ZodError): void {
  exchange.json(400, JSON.stringify({ detail: z.prettifyError(error) }))
}
