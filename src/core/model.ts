import type { ConversationId, PersonId } from './ids.ts'
import type { PersonaSampling } from './persona.ts'

export type ChatMessage = Readonly<{
  role: 'system' | 'user' | 'assistant'
  content: string
  /** For models that look at images; another refuses the request with a `RefusedError`. */
  images?: readonly ChatImage[]
}>

export type ChatImage = Readonly<{ mediaType: string; base64: string }>

export type ChatRequest = Readonly<{
  /** Answers of one conversation like to meet the same prefix cache. */
  conversation: ConversationId
  /** Whose question it is: people who wait for a free place at the server take turns. */
  person: PersonId
  /** Shows up in the server's log and metrics beside ours. */
  tag: string
  messages: readonly ChatMessage[]
  maxTokens: number
  /** Another number, another answer to the same question; without one it is left to the server. */
  seed?: number
  /** Words of the answer that stand already: only what follows them is generated. A `RefusedError` tells of a server that cannot. */
  begun?: string
  /** How it picks its words, where that differs from the settings. */
  sampling?: PersonaSampling
}>

export type Usage = Readonly<{ promptTokens: number; cachedTokens: number | undefined; completionTokens: number }>

/**
 * `waiting`: for some seconds there has been no free place at the server; comes at most once, before any text.
 * `text`: the words since those that were last read. They may go on growing until somebody reads them, and the next piece comes
 * only then: whoever has no use for words yet lets them lie, which costs a tenth of taking each, and hears of the end all the same.
 * `pause`: no words have come for a moment, more than is usual in this answer; told once before they go on, if they do.
 * `length`: the answer hit `maxTokens` or the context's end.
 */
export type ModelEvent =
  | Readonly<{ type: 'waiting' }>
  | Readonly<{ type: 'text'; text: string }>
  | Readonly<{ type: 'pause' }>
  | Readonly<{ type: 'end'; reason: 'stop' | 'length' | 'repetition'; usage: Usage | undefined }>

export interface ChatModel {
  /** Tokens that prompt and answer may take together, as last heard from the server. */
  contextLength(): number
  /**
   * The answer as it is generated, free of thinking. It is whole when `end` came; before that it throws `UnavailableError`,
   * `ContextOverflowError` or `RefusedError`, or the signal's reason. Ending the iteration early closes the connection,
   * which frees the slot at the server.
   */
  stream(request: ChatRequest, signal: AbortSignal): AsyncIterable<ModelEvent>
  /** Resolves as soon as the model may be asked with some hope: after an `UnavailableError`, once a server serves it again. */
  available(signal: AbortSignal): Promise<void>
}
