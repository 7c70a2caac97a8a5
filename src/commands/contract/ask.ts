import { conversationId, personId } from '#src/core/ids.ts'
import type { ChatMessage, ChatModel, ChatRequest } from '#src/core/model.ts'

export type Said = Readonly<{
  text: string
  reason: string | undefined
  error: unknown
  /** From the request to the first word and to the last, and how many tokens they were (pieces, where the server counts none). */
  firstMs: number
  lastMs: number
  tokens: number
}>

/** What Aeries' own client makes of an answer. */
export async function ask(
  model: ChatModel,
  asked: string | readonly ChatMessage[],
  more: Partial<ChatRequest> = {},
): Promise<Said> {
  const messages = typeof asked === 'string' ? [{ role: 'user' as const, content: asked }] : asked
  const begun = performance.now()
  let said = { text: '', firstMs: 0, lastMs: 0, tokens: 0 }
  const ended = (reason?: string, error?: unknown) => ({ ...said, reason, error })
  try {
    for await (const event of model.stream({ ...request, messages, ...more }, AbortSignal.timeout(patienceMs))) {
      if (event.type === 'text') {
        const lastMs = performance.now() - begun
        const firstMs = said.text === '' ? lastMs : said.firstMs
        said = { text: said.text + event.text, firstMs, lastMs, tokens: said.tokens + 1 }
      }
      if (event.type === 'end') {
        said = { ...said, tokens: event.usage?.completionTokens ?? said.tokens }
        return ended(event.reason)
      }
    }
    return ended()
  } catch (error) {
    return ended(undefined, error)
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
