import type { ChatRequest } from './model.ts'

/** A JSON schema that a server's grammar can hold: flat, every property required, no `maxLength` on free text. Keep it the same bytes. */
export type AnswerSchema = Readonly<{ name: string; schema: Readonly<Record<string, unknown>> }>

export type StructuredRequest = Omit<ChatRequest, 'begun'> & Readonly<{ schema: AnswerSchema }>

/** A model that answers with one JSON value. Nobody waits for it: it lets every chat go first, as far as the server can order them. */
export interface StructuredModel {
  /**
   * The text of one whole JSON value, free of thinking, generated at temperature 0. Whether it follows the schema is for the caller
   * to see. Throws as `ChatModel.stream` does; `UnavailableError` as well when what came is no whole JSON, or loses itself in
   * white space, which ends the request at once.
   */
  complete(request: StructuredRequest, signal: AbortSignal): Promise<string>
}
