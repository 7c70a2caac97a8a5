import { type ApiError, badRequest } from './api-error.ts'
import { type ChatMessage, renderPrompt, type TemplateOptions } from './chat-template.ts'

/** The refusal of a message to go on from that the template changes: what stands could not be told from what is new. */
export function checkContinuation(messages: readonly ChatMessage[], options: TemplateOptions): ApiError | undefined {
  const last = messages.at(-1)
  if (!options.continueFinalMessage || !last) return undefined
  const marked = [...messages.slice(0, -1), { ...last, content: `${last.content}${mark}` }]
  const rendered = renderPrompt(marked, { ...options, continueFinalMessage: false, addGenerationPrompt: false })
  if (rendered.includes(`${last.content.replace(/^\s+/, '')}${mark}`)) return undefined
  return badRequest(`${why}Final message to continue: ${last.content.trim()}\nRendered chat:\n${rendered.trimEnd()}`)
}

const mark = 'CONTINUE_FINAL_MESSAGE_TAG '
const why =
  'continue_final_message is set but the final message does not appear in the chat after applying the chat template! This can happen if the chat template deletes portions of the final message. Please verify the chat template and final message in your chat to ensure they are compatible.'
