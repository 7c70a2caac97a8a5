import { z } from 'zod'
import type { Exchange } from './exchange.ts'
import type { House } from './house.ts'
import { scriptSchema } from './script.ts'
import { statePatchSchema } from './server-state.ts'

const scripts = z.union([z.array(scriptSchema), scriptSchema.transform(script => [script])])

/**
 * The control routes, for whoever started the server: POST /__admin/script (one or a list), POST /__admin/state,
 * POST /__admin/reset, GET /__admin/calls, GET /__admin/state.
 */
export async function answerAdmin(house: House, exchange: Exchange, path: string): Promise<void> {
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
      const given = scripts.safeParse(await readJson(exchange))
      if (!given.success) return complain(exchange, given.error)
      engine.scripts.add(given.data)
      return answer(exchange, { scripts: engine.scripts.length })
    }
    case 'POST /__admin/state': {
      const patch = statePatchSchema.safeParse(await readJson(exchange))
      if (!patch.success) return complain(exchange, patch.error)
      // Answered first: the change may cut the very connection that asked for it.
      answer(exchange, { changed: Object.keys(patch.data) })
      return house.setState(patch.data)
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
