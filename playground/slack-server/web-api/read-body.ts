import type { IncomingMessage } from 'node:http'
import { isJson, type Json } from '#playground/slack-server/world/json.ts'
import { Refusal } from '#playground/slack-server/world/refusal.ts'

const maxBytes = 32 * 1024 * 1024

/** A request's fields, and the bytes of a file when it is an upload. */
export type Body = Readonly<{ fields: Json; bytes: Buffer }>

/** Reads a form, a multipart form or JSON. Throws `Refusal` in Slack's words for what cannot be read. */
export async function readBody(request: IncomingMessage): Promise<Body> {
  const bytes = await readBytes(request)
  const type = request.headers['content-type'] ?? ''
  if (type.startsWith('application/json')) return { fields: readJson(bytes), bytes }
  if (type.startsWith('multipart/form-data')) return await readMultipart(bytes, type)
  if (type.startsWith('application/x-www-form-urlencoded')) {
    return { fields: Object.fromEntries(new URLSearchParams(bytes.toString('utf8'))), bytes }
  }
  return { fields: {}, bytes }
}

async function readBytes(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length
    if (size > maxBytes) throw new Refusal('invalid_form_data')
    chunks.push(chunk)
  }
  return Buffer.concat(chunks)
}

function readJson(bytes: Buffer): Json {
  try {
    const value: unknown = JSON.parse(bytes.length === 0 ? '{}' : bytes.toString('utf8'))
    if (isJson(value)) return value
  } catch {
    // Told below, like JSON that is no object.
  }
  throw new Refusal('invalid_json')
}

async function readMultipart(bytes: Buffer, type: string): Promise<Body> {
  const form = await new Response(new Uint8Array(bytes), { headers: { 'content-type': type } }).formData()
  const fields: Record<string, string> = {}
  let file = Buffer.alloc(0)
  for (const [name, value] of form.entries()) {
    if (typeof value === 'string') fields[name] = value
    else file = Buffer.from(await value.arrayBuffer())
  }
  return { fields, bytes: file }
}
