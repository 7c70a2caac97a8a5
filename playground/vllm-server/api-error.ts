import type { WireProfile } from './wire-profile.ts'

/** One refusal or failure, before a profile gives it its shape. */
export type ApiError = Readonly<{ status: number; type: string; message: string; param: string | null }>

export const badRequest = (message: string, param: string | null = null): ApiError => ({
  status: 400,
  type: 'BadRequestError',
  message,
  param,
})

export const engineDead: ApiError = {
  status: 500,
  type: 'InternalServerError',
  message: 'EngineCore encountered an issue. See stack trace (above) for the root cause.',
  param: null,
}

export const engineBusy: ApiError = {
  status: 503,
  type: 'Service Unavailable',
  message:
    'The engine is currently busy and cannot accept new requests. Please try again later or on a different instance.',
  param: null,
}

export function unknownModel(asked: string, served: string): ApiError {
  const message = `The model \`${asked}\` does not exist. Valid aliases: ${served}.`
  return { status: 404, type: 'NotFoundError', message, param: 'model' }
}

/** The body of an error answer: compact, as the web framework writes it. */
export function errorBody(error: ApiError, profile: WireProfile): string {
  return JSON.stringify(errorValue(error, profile))
}

/** The record of an error inside a stream: another encoder, with spaces after separators and everything else escaped. */
export function errorRecord(error: ApiError, profile: WireProfile): string {
  return pythonJson(errorValue(error, profile))
}

function errorValue(error: ApiError, profile: WireProfile): unknown {
  const { message, type, param, status } = error
  switch (profile.errorShape) {
    case 'nested':
      return { error: { message, type, param, code: status } }
    case 'flat':
      return { object: 'error', message, type, param, code: status }
    case 'worded':
      return { error: { message, type: wordedType(status), param, code: wordedCode(error) } }
    default:
      return profile.errorShape satisfies never
  }
}

function wordedType(status: number): string {
  return status >= 500 ? 'server_error' : 'invalid_request_error'
}

function wordedCode(error: ApiError): string {
  if (error.status === 404) return error.param === 'model' ? 'model_not_found' : 'not_found'
  return error.status >= 500 ? 'server_error' : 'invalid_request_error'
}

function pythonJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(pythonJson).join(', ')}]`
  if (typeof value === 'object' && value !== null) {
    const entries = Object.entries(value).map(([key, of]) => `${pythonJson(key)}: ${pythonJson(of)}`)
    return `{${entries.join(', ')}}`
  }
  const text = JSON.stringify(value) ?? 'null'
  return text.replace(/[\u007f-\uffff]/g, unit => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)
}
