import type { ApiError } from './api-error.ts'

/** One line of a validation error: the words of the real server's validator. */
export type Flaw = Readonly<{ type: string; loc: string; msg: string; input: string; ctx?: string }>

type Fields = Readonly<Record<string, unknown>>
type Kind = 'int' | 'float' | 'bool' | 'dict' | 'list' | 'string'

// In the real model's order, which is the order in which faults are told.
const kinds: ReadonlyMap<string, Kind> = new Map([
  ['messages', 'list'],
  ['model', 'string'],
  ['frequency_penalty', 'float'],
  ['max_tokens', 'int'],
  ['max_completion_tokens', 'int'],
  ['n', 'int'],
  ['presence_penalty', 'float'],
  ['response_format', 'dict'],
  ['seed', 'int'],
  ['stream', 'bool'],
  ['stream_options', 'dict'],
  ['temperature', 'float'],
  ['top_p', 'float'],
  ['tools', 'list'],
  ['top_k', 'int'],
  ['min_p', 'float'],
  ['repetition_penalty', 'float'],
  ['min_tokens', 'int'],
  ['add_generation_prompt', 'bool'],
  ['continue_final_message', 'bool'],
  ['chat_template_kwargs', 'dict'],
  ['priority', 'int'],
  ['cache_salt', 'string'],
])

/** Gives the body with numbers and booleans read out of strings, as the real server does, or what is wrong with it. */
export function checkFields(body: Fields): Readonly<{ fields: Fields } | { error: ApiError }> {
  const checked: Record<string, unknown> = { ...body }
  const flaws: Flaw[] = []
  if (body['messages'] === undefined) flaws.push(missing('messages', body))
  for (const [field, kind] of kinds) {
    const value = body[field]
    if (value === undefined || (value === null && field !== 'messages')) continue
    const read = readAs(kind, value, `body.${field}`)
    if ('flaw' in read) flaws.push(read.flaw)
    else checked[field] = read.value
  }
  flaws.push(...stopFlaws(body['stop']))
  return flaws.length > 0 ? { error: validationError(flaws) } : { fields: checked }
}

export function missing(field: string, within: unknown): Flaw {
  return { type: 'missing', loc: `body.${field}`, msg: 'Field required', input: shown(within) }
}

export function validationError(flaws: readonly Flaw[]): ApiError {
  const lines = flaws.map(flaw => {
    const ctx = flaw.ctx ? `, 'ctx': ${flaw.ctx}` : ''
    return `  {'type': '${flaw.type}', 'loc': '${flaw.loc}', 'msg': '${flaw.msg}', 'input': '${flaw.input}'${ctx}}`
  })
  return rejection(lines, flaws.length, flaws[0]?.loc ?? null)
}

export const wrongContentType: ApiError = rejection(
  ["  Unsupported Media Type: Only 'application/json' is allowed"],
  1,
  null,
)

/** A value as the validator prints it. */
export function shown(value: unknown): string {
  if (value === null || value === undefined) return 'None'
  if (Array.isArray(value)) return `<list of ${value.length} items>`
  if (typeof value === 'object') return `<dict of ${Object.keys(value).length} items>`
  if (typeof value === 'boolean') return value ? 'True' : 'False'
  return String(value)
}

function rejection(lines: readonly string[], count: number, param: string | null): ApiError {
  const message = `${count} validation error${count === 1 ? '' : 's'}:\n${lines.join('\n')}`
  return { status: 400, type: 'Bad Request', message, param }
}

type Read = Readonly<{ value: unknown } | { flaw: Flaw }>

function readAs(kind: Kind, value: unknown, loc: string): Read {
  const flaw = (type: string, msg: string): Read => ({ flaw: { type, loc, msg, input: shown(value) } })
  switch (kind) {
    case 'string':
      return typeof value === 'string' ? { value } : flaw('string_type', 'Input should be a valid string')
    case 'list':
      return Array.isArray(value) ? { value } : flaw('list_type', 'Input should be a valid list')
    case 'dict': {
      const isDict = typeof value === 'object' && value !== null && !Array.isArray(value)
      return isDict ? { value } : flaw('dict_type', 'Input should be a valid dictionary')
    }
    case 'bool':
      if (typeof value === 'boolean') return { value }
      if (value === 'true' || value === 1) return { value: true }
      if (value === 'false' || value === 0) return { value: false }
      return flaw('bool_parsing', 'Input should be a valid boolean, unable to interpret input')
    case 'int':
    case 'float':
      return readNumber(kind, value, flaw)
    default:
      return kind satisfies never
  }
}

function readNumber(kind: 'int' | 'float', value: unknown, flaw: (type: string, msg: string) => Read): Read {
  const noun = kind === 'int' ? 'integer' : 'number'
  if (typeof value !== 'number' && typeof value !== 'string')
    return flaw(`${kind}_type`, `Input should be a valid ${noun}`)
  const read = typeof value === 'string' && value.trim() === '' ? Number.NaN : Number(value)
  if (Number.isNaN(read)) {
    return flaw(
      `${kind}_parsing`,
      `Input should be a valid ${noun}, unable to parse string as ${kind === 'int' ? 'an' : 'a'} ${noun}`,
    )
  }
  if (kind === 'int' && !Number.isInteger(read)) {
    return flaw('int_from_float', 'Input should be a valid integer, got a number with a fractional part')
  }
  return { value: read }
}

const maxStops = 4

function stopFlaws(stop: unknown): readonly Flaw[] {
  if (stop === undefined || stop === null || typeof stop === 'string') return []
  const loc = 'body.stop'
  const string: Flaw = { type: 'string_type', loc, msg: 'Input should be a valid string', input: shown(stop) }
  if (!Array.isArray(stop)) {
    return [string, { type: 'list_type', loc, msg: 'Input should be a valid list', input: shown(stop) }]
  }
  if (stop.length <= maxStops) return []
  const msg = `List should have at most ${maxStops} items after validation, not ${stop.length}`
  const ctx = `{'field_type': 'List', 'max_length': ${maxStops}, 'actual_length': ${stop.length}}`
  return [string, { type: 'too_long', loc, msg, input: shown(stop), ctx }]
}
