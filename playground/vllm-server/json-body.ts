import type { IncomingMessage } from 'node:http'
import type { ApiError } from './api-error.ts'
import { shown, validationError, wrongContentType } from './field-check.ts'

export type JsonObject = Readonly<Record<string, unknown>>
export type ReadBody = Readonly<{ object: JsonObject } | { error: ApiError }>

/** Reads a request to its end and takes it apart as the real server does; the error has that server's words. */
export async function readJsonBody(req: IncomingMessage): Promise<ReadBody> {
  const raw = await readText(req)
  const type = req.headers['content-type']
  if (raw === '') return { error: whole('missing', 'Field required', 'None') }
  if (!type?.startsWith('application/json')) return { error: wrongContentType }
  return parseJsonObject(raw)
}

function parseJsonObject(raw: string): ReadBody {
  let value: unknown
  try {
    value = JSON.parse(raw)
  } catch {
    return { error: malformed(raw) }
  }
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return { object: { ...value } }
  const msg = 'Input should be a valid dictionary or object to extract fields from'
  return { error: whole('model_attributes_type', msg, shown(value)) }
}

async function readText(req: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = []
  for await (const chunk of req) chunks.push(chunk)
  return Buffer.concat(chunks).toString('utf8')
}

function whole(type: string, msg: string, input: string): ApiError {
  return validationError([{ type, loc: 'body', msg, input }])
}

function malformed(raw: string): ApiError {
  const loc = `body.${faultPosition(raw)}`
  const ctx = "{'error': 'Expecting value'}"
  return validationError([{ type: 'json_invalid', loc, msg: 'JSON decode error', input: '<dict of 0 items>', ctx }])
}

// JavaScript does not always say where it stumbled: at the end of the longest beginning that more text could mend.
function faultPosition(raw: string): number {
  const searched = raw.slice(0, 2_000) // the search is quadratic, and a fault further on is as good as unnamed
  for (let end = 1; end <= searched.length; end += 1) {
    if (canBeMended(searched.slice(0, end))) continue
    let at = end - 1
    while (/[a-z]/i.test(raw.charAt(at - 1))) at -= 1 // a wrong word is told by its first letter
    return at
  }
  return raw.length
}

function canBeMended(beginning: string): boolean {
  try {
    JSON.parse(beginning)
    return true
  } catch (error) {
    const message = error instanceof SyntaxError ? error.message : ''
    return /end of JSON|unterminated/i.test(message) || message.includes(`at position ${beginning.length}`)
  }
}
