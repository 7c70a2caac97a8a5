import type { IncomingMessage } from 'node:http'
import { refuse } from '#playground/discord-server/world/api-error.ts'
import type { StoredFile } from '#playground/discord-server/world/world.ts'

export type UploadedFile = StoredFile & Readonly<{ field: string }>

/** A request's body: its JSON, and the files that came with it. */
export type Body = Readonly<{ json: unknown; files: readonly UploadedFile[] }>

/** Reads JSON or a multipart form. Throws 40005 beyond `maxBytes`, 50035 or 50109 for what cannot be read. */
export async function readBody(request: IncomingMessage, maxBytes: number): Promise<Body> {
  const bytes = await readBytes(request, maxBytes)
  if (bytes.length === 0) return { json: undefined, files: [] }
  const type = request.headers['content-type'] ?? 'application/json'
  if (type.startsWith('multipart/form-data')) return await readForm(bytes, type)
  return { json: readJson(bytes.toString('utf8')), files: [] }
}

async function readBytes(request: IncomingMessage, maxBytes: number): Promise<Buffer> {
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length
    if (size <= maxBytes) chunks.push(chunk)
  }
  if (size > maxBytes) throw refuse.tooLarge()
  return Buffer.concat(chunks)
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    throw refuse.invalidJson()
  }
}

async function readForm(bytes: Buffer, type: string): Promise<Body> {
  const response = new Response(new Uint8Array(bytes), { headers: { 'content-type': type } })
  const form = await response.formData().catch(() => {
    throw refuse.form('_', 'INVALID_FORM', 'The multipart form cannot be read.')
  })
  const files: UploadedFile[] = []
  let json: unknown
  for (const [field, value] of form.entries()) {
    if (typeof value !== 'string') {
      const contentType = value.type || 'application/octet-stream'
      files.push({ field, filename: value.name, contentType, bytes: new Uint8Array(await value.arrayBuffer()) })
    } else if (field === 'payload_json') json = readJson(value)
  }
  return { json, files }
}
