import { conversationId, personId } from '#src/core/ids.ts'
import { systemClock } from '#src/system-clock.ts'
import { createVllmChatModel } from '#src/vllm/vllm-chat-model.ts'
import { quiet } from './quiet.ts'
import type { Books, ReadAnswer } from './read-answer.ts'

/** vLLM's client alone: the text put together and nothing more, as the SDK's reader does. */
export function readAsClient(url: string, books: Books): ReadAnswer {
  const wire = { url, model: 'bench', contextLength: 40_960, maxConcurrent: 10_000 }
  const model = createVllmChatModel({ ...wire, clock: systemClock, log: quiet })
  return async number => {
    const askedAt = performance.now()
    const tag = String(number)
    const messages = [{ role: 'user', content: 'hello' }] as const
    const place = { platform: 'bench', workspace: undefined, channel: tag, thread: undefined }
    const asker = { conversation: conversationId(place), person: personId('bench', undefined, tag) }
    books.live += 1
    let text = ''
    const signal = new AbortController().signal
    for await (const event of model.stream({ ...asker, tag, messages, maxTokens: 8_192 }, signal)) {
      if (event.type !== 'text') continue
      if (text === '') books.firstTextMs[tag] = performance.now() - askedAt
      text += event.text
    }
    books.live -= 1
  }
}
