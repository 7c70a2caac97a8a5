import { conversationId, personId } from '#src/core/ids.ts'
import type { ChatModel, ChatRequest, ModelEvent } from '#src/core/model.ts'
import { createVllmChatModel, type VllmChatModel, type VllmOptions } from '#src/vllm/vllm-chat-model.ts'
import { KeptLog } from '#test/support/kept-log.ts'
import { ManualClock } from '#test/support/manual-clock.ts'

export function aRequest(more: Partial<ChatRequest> = {}): ChatRequest {
  const place = { platform: 'discord', workspace: undefined, channel: '1', thread: undefined }
  const messages = [{ role: 'user', content: 'Say hello to Ada.' } as const]
  const person = personId('discord', undefined, '7')
  return { conversation: conversationId(place), person, tag: 'turn-42', messages, maxTokens: 100, ...more }
}

const noRetries = { share: 0, floor: 0 }

/** A client whose time stands still unless the test moves it; it asks once and no more. */
export function aChatModel(url: VllmOptions['url'], more: Partial<VllmOptions> = {}): VllmChatModel {
  const parts = { clock: new ManualClock(), log: new KeptLog(), retries: noRetries }
  return createVllmChatModel({ url, model: 'Qwen/Qwen3-8B', ...parts, ...more })
}

/** What comes of an answer, one event at a time, and nothing of how it pauses. */
export function eventsOf(answer: AsyncIterable<ModelEvent>): Readonly<{ next(): Promise<IteratorResult<ModelEvent>> }> {
  const events = answer[Symbol.asyncIterator]()
  return {
    async next() {
      for (;;) {
        const step = await events.next()
        if (step.done || step.value.type !== 'pause') return step
      }
    },
  }
}

export const never = new AbortController().signal

export type Heard = Readonly<{
  text: string
  end: Omit<Extract<ModelEvent, { type: 'end' }>, 'type'> | undefined
  error: unknown
}>

/** All that came of an answer. */
export async function hear(model: ChatModel, request = aRequest(), signal = never): Promise<Heard> {
  let text = ''
  try {
    for await (const event of model.stream(request, signal)) {
      if (event.type === 'text') text += event.text
      else if (event.type === 'end')
        return { text, end: { reason: event.reason, usage: event.usage }, error: undefined }
    }
    return { text, end: undefined, error: undefined }
  } catch (error) {
    return { text, end: undefined, error }
  }
}

/** What an operator can learn from an error: our own words, and the server's behind them. */
export function toldBy(error: unknown): string {
  const { message, cause } = error as Error
  return cause instanceof Error ? `${message} | ${cause.message}` : message
}
