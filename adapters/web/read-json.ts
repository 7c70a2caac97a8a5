import type { Context } from 'hono'
import type { z } from 'zod'
import { Failure } from './failure.ts'

/** The body of a request in one of the forms of the wire. */
export async function readJson<Form extends z.ZodType>(c: Context, form: Form): Promise<z.infer<Form>> {
  // A form of another site's page cannot say that it sends JSON.
  if (!/^application\/json(?:\s*;\s*charset="?utf-8"?)?$/i.test(c.req.header('content-type') ?? '')) {
    throw new Failure('unsupported_media_type', 'The body must be application/json, in UTF-8.')
  }
  let given: unknown
  try {
    given = JSON.parse(await c.req.text())
  } catch (error) {
    if (error instanceof SyntaxError) throw new Failure('bad_request', 'The body is no JSON.')
    throw error
  }
  return read(form, given)
}

export function readQuery<Form extends z.ZodType>(c: Context, form: Form): z.infer<Form> {
  return read(form, c.req.query())
}

function read<Form extends z.ZodType>(form: Form, given: unknown): z.infer<Form> {
  const parsed = form.safeParse(given)
  if (parsed.success) return parsed.data
  const told = parsed.error.issues.map(({ path, message }) => `${path.join('.') || 'the request'}: ${message}`)
  throw new Failure('bad_request', told.slice(0, mostTold).join('; '))
}

const mostTold = 5
