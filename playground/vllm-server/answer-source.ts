import type { ChatRequest } from './chat-request.ts'
import type { Template } from './chat-template.ts'
import { answerToSchema } from './schema-answer.ts'
import type { Script } from './script.ts'
import type { Token, Tokenizer } from './tokenizer.ts'
import { observerAnswer } from './voice/observer-answer.ts'
import type { Voice } from './voice/voice.ts'
import type { Channel } from './wire-chunks.ts'

export type SourceToken = Readonly<{ channel: Channel; token: Token }>

export type AnswerParts = Readonly<{
  request: ChatRequest
  script: Script
  voice: Voice
  tokenizer: Tokenizer
  /** What the template was told: the person's switch, or the server's default. */
  thinking: boolean
  reasoningParser: boolean
  template: Template
}>

/** Everything that the model would say if nothing stopped it, token by token. */
export function answerTokens(parts: AnswerParts): readonly SourceToken[] {
  const said = contentTokens(parts)
  const { reasoning, isOwn } = thoughts(parts)
  if (reasoning === undefined) return said
  const { tokenizer, script } = parts
  const isBare = script.leakThink === 'bareClose' || (!isOwn && !parts.reasoningParser && opensBlock(parts))
  if (isBare) return [...content(tokenizer.encode(`${reasoning}\n</think>\n\n`)), ...said]
  const inTags = script.leakThink === 'tags' || (!isOwn && !parts.reasoningParser)
  if (inTags) return [...content(tokenizer.encode(`<think>\n${reasoning}\n</think>\n\n`)), ...said]
  return [...tokenizer.encode(reasoning).map(token => ({ channel: 'reasoning' as const, token })), ...said]
}

// A script's own reasoning comes in the field whatever the server's flags; what thinking mode brings follows the flags.
function thoughts(parts: AnswerParts): { reasoning?: string; isOwn: boolean } {
  const { request, script, voice } = parts
  if (script.reasoning !== undefined) return { reasoning: script.reasoning, isOwn: true }
  // A grammar applies from the first token where no parser sets the thinking apart: no block then. Nor for a script that
  // names its tokens one by one: those are all there is.
  const isNew = !request.continueFinalMessage // a message that goes on has its block closed, and empty, in the prompt
  const mayThink = isNew && request.schema === undefined && script.tokens === undefined
  const isOpen = (parts.thinking || opensBlock(parts)) && mayThink
  const thinks = script.leakThink !== undefined || isOpen
  return thinks ? { reasoning: voice(request).reasoning, isOwn: false } : { isOwn: false }
}

function opensBlock({ template }: AnswerParts): boolean {
  return template === 'thinking-only'
}

function contentTokens(parts: AnswerParts): readonly SourceToken[] {
  const { script, tokenizer } = parts
  if (script.tokens) return content(tokenizer.asTokens(script.tokens))
  if (script.repeatLoop) return content(tokenizer.encode(repeated(script.repeatLoop, parts.request.repetitionLimit)))
  const text = script.text ?? jsonText(parts) ?? parts.voice(parts.request).text
  return content(tokenizer.encode(text))
}

function repeated(loop: NonNullable<Script['repeatLoop']>, limit: number | undefined): string {
  return loop.text.repeat(Math.min(loop.n, limit ?? Number.POSITIVE_INFINITY))
}

function jsonText({ request, script }: AnswerParts): string | undefined {
  if (script.json === undefined && request.schema === undefined) return undefined
  const asked = request.messages.findLast(message => message.role === 'user')?.content ?? ''
  const value = script.json ?? observerAnswer(request.schema, request.messages) ?? answerToSchema(request.schema, asked)
  if (script.invalidJson === 'schema') return JSON.stringify({ unexpected: [value], about: null })
  const text = JSON.stringify(value)
  if (script.invalidJson === 'truncated') return text.slice(0, Math.ceil(text.length / 2))
  // A grammar allows white space between any two tokens, and a model can fall for it until its tokens are used up.
  return script.whitespaceLoop ? `${text.slice(0, 1)}${'\n  \t'.repeat(script.whitespaceLoop)}` : text
}

function content(tokens: readonly Token[]): readonly SourceToken[] {
  return tokens.map(token => ({ channel: 'content', token }))
}
