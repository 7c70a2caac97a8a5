import type { CallGrowth, CallView, ChatLine } from '#playground/page/wire.ts'
import type { Call } from '#playground/vllm-server/call.ts'

/** A request to the model as the page shows it: the prompt as it was sent, and the answer as far as it came. */
export function callView(call: Call): CallView {
  const { messages, model: _, ...settings } = call.body
  return {
    ...callGrowth(call),
    request: call.requestId,
    // Whoever asks for JSON talks to nobody.
    kind: 'response_format' in settings || 'structured_outputs' in settings ? 'observer' : 'chat',
    messages: Array.isArray(messages) ? messages.map(lineOf) : [],
    settings,
    receivedAt: call.receivedAt,
  }
}

export function callGrowth(call: Call): CallGrowth {
  const { id, outcome, finish, promptTokens, cachedTokens, tokensSent: tokens, text, firstTokenAt, endedAt } = call
  return { id, outcome, finish, promptTokens, cachedTokens, tokens, text, firstTokenAt, endedAt }
}

function lineOf(message: unknown): ChatLine {
  const { role = '', content = '' } = message as Readonly<{ role?: unknown; content?: unknown }>
  return { role: String(role), content: typeof content === 'string' ? content : JSON.stringify(content) }
}
