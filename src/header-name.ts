import { z } from 'zod'

/** The name of a header as RFC 9110 has it, in small letters, or `off`; none that says something already. */
export const headerName = z
  .string()
  .toLowerCase()
  .regex(/^[a-z0-9!#$%&'*+.^_`|~-]+$/, 'must be the name of a header, like x-session-id, or off')
  .refine(name => !taken.has(name), 'must be a header that has no other meaning, like x-session-id, or off')

const taken: ReadonlySet<string> = new Set([
  'authorization',
  'connection',
  'content-length',
  'content-type',
  'expect',
  'host',
  'keep-alive',
  'te',
  'transfer-encoding',
  'upgrade',
  'x-request-id',
])
