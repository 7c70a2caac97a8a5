import { type ApiError, badRequest } from './api-error.ts'
import type { WireProfile } from './wire-profile.ts'

export type StructuredBackend = 'xgrammar' | 'auto'

const types: ReadonlySet<unknown> = new Set(['object', 'array', 'string', 'number', 'integer', 'boolean', 'null'])
const formats: ReadonlySet<unknown> = new Set(
  `email date time date-time duration ipv4 ipv6 hostname uuid uri uri-reference uri-template json-pointer
  relative-json-pointer`.split(/\s+/),
)

/** What the grammar backend says to a schema: nothing when it takes it. */
export function checkSchema(schema: unknown, profile: WireProfile, backend: StructuredBackend): ApiError | undefined {
  const keyword = unsupportedIn(schema, new Set(profile.refusedKeywords))
  if (keyword !== undefined && backend === 'auto') {
    return profile.schemaRefusal === 'empty-500'
      ? { status: 500, type: 'InternalServerError', message: '', param: null }
      : badRequest(`Grammar error: Unimplemented keys: ["${keyword}"]`)
  }
  if (keyword !== undefined) {
    return badRequest('The provided JSON schema contains features not supported by xgrammar.')
  }
  const type = unknownTypeIn(schema)
  return type === undefined
    ? undefined
    : badRequest(`Failed to transform json schema into a grammar: Unsupported type "${type}"`)
}

function unsupportedIn(schema: unknown, refused: ReadonlySet<string>): string | undefined {
  for (const [key, value] of membersOf(schema)) {
    if (refused.has(key)) return key
    if (key === 'format' && typeof value === 'string' && !formats.has(value)) return 'format'
    const within = partsOf(key, value).map(part => unsupportedIn(part, refused))
    const found = within.find(keyword => keyword !== undefined)
    if (found !== undefined) return found
  }
  return undefined
}

function unknownTypeIn(schema: unknown): string | undefined {
  for (const [key, value] of membersOf(schema)) {
    const unknown = key === 'type' ? [value].flat().find(type => !types.has(type)) : undefined
    if (unknown !== undefined) return String(unknown)
    const found = partsOf(key, value)
      .map(unknownTypeIn)
      .find(type => type !== undefined)
    if (found !== undefined) return found
  }
  return undefined
}

// Under these keys the member names are the author's own, not keywords.
const namedParts: ReadonlySet<string> = new Set(['properties', '$defs', 'definitions', 'patternProperties'])
const data: ReadonlySet<string> = new Set(['enum', 'const', 'default', 'examples', 'required'])

function partsOf(key: string, value: unknown): readonly unknown[] {
  if (data.has(key)) return []
  return namedParts.has(key) ? membersOf(value).map(([, part]) => part) : [value].flat()
}

function membersOf(value: unknown): readonly (readonly [string, unknown])[] {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? Object.entries(value) : []
}
