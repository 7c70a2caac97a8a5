import { conversationId, personId } from '#src/core/ids.ts'
import type { ChatMessage, ChatModel, ChatRequest } from '#src/core/model.ts'

export type Said = Readonly<{ text: string; reason: string | undefined; error: unknown }>

/** What Aeries' own client makes of an answer. */
export async function ask(
  model: ChatModel,
  asked: string | readonly ChatMessage[],
  more: Partial<ChatRequest> = {},
): Promise<Said> {
  const messages = typeof asked === 'string' ? [{ role: 'user' as const, content: asked }] : asked
  let text = ''
  try {
    for await (const event of model.stream({ ...request, messages, ...more }, AbortSignal.timeout(patienceMs))) {
      if (event.type === 'text') text += event.text
      if (event.type === 'end') return { text, reason: event.reason, error: undefined }
    }
    return { text, reason: undefined, error: undefined }
  } catch (error) {
    return { text, reason: undefined, error }
  }
}

const patienceMs = 120_000
const place = { platform: 'contract', workspace: undefined, channel: '1', thread: undefined }
const request = {
  conversation: conversationId(place),
  person: personId('contract', undefined, '1'),
  tag: 'contract',
  maxTokens: 24,
}
