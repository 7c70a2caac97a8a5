import { UnavailableError } from './errors.ts'
import type { ChatRequest } from './model.ts'

/** A JSON schema that a server's grammar can hold: flat, every property required, no `maxLength` on free text. Keep it the same bytes. */
export type AnswerSchema = Readonly<{ name: string; schema: Readonly<Record<string, unknown>> }>

export type StructuredRequest = Omit<ChatRequest, 'begun'> & Readonly<{ schema: AnswerSchema }>

/** What came is no whole JSON, or nothing but white space: the same request would bring the same again, a smaller one may not. */
export class UnfitAnswerError extends UnavailableError {}

/** A model that answers with one JSON value. Nobody waits for it: it lets every chat go first, as far as the server can order them. */
export interface StructuredModel {
  /**
   * The text of one whole JSON value, free of thinking, generated at temperature 0. Whether it follows the schema is for the caller
   * to see. Throws as `ChatModel.stream` does, and `UnfitAnswerError`; white space without an end ends the request at once.
   */
  complete(request: StructuredRequest, signal: AbortSignal): Promise<string>
}
