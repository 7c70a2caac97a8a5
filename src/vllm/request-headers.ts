import { hash } from 'node:crypto'
import type { ChatRequest } from '#src/core/model.ts'
import type { RequestHeaders } from './vllm-connection.ts'

/**
 * The request's id for the server's log and, if there is a header for it, a name of the conversation: a router sends those of the
 * same name to the same server. It is a hash, so that no person's or channel's id leaves the house.
 */
export function requestHeaders({ tag, conversation }: ChatRequest, sessionHeader: string | undefined): RequestHeaders {
  if (sessionHeader === undefined) return { 'x-request-id': tag }
  const session = hash('sha256', `session of ${conversation}`, 'hex').slice(0, sessionCharacters)
  return { 'x-request-id': tag, [sessionHeader]: session }
}

/** 128 bits: no two conversations ever share them. */
const sessionCharacters = 32
