import { expect, it } from 'vitest'
import { conversationId, personId } from '#src/core/ids.ts'
import type { ChatMessage } from '#src/core/model.ts'
import { chatBody } from '#src/vllm/chat-body.ts'

const sampling = { temperature: 0, topP: 1, topK: 0, minP: 0, presencePenalty: undefined }
const place = { platform: 'test', workspace: undefined, channel: 'a', thread: undefined }

function sent(messages: readonly ChatMessage[]): unknown {
  const request = {
    conversation: conversationId(place),
    person: personId('test', undefined, 'mira'),
    tag: 't',
    messages,
  }
  return JSON.parse(chatBody({ ...request, maxTokens: 10 }, 'm', sampling)).messages
}

it('sends an image within the request, before the words that it came with, and plain words as they were', () => {
  const images = [{ mediaType: 'image/png', base64: 'AAAA' }]
  expect(
    sent([
      { role: 'system', content: 'You are Aeries.' },
      { role: 'user', content: 'what is it?', images },
    ]),
  ).toEqual([
    { role: 'system', content: 'You are Aeries.' },
    {
      role: 'user',
      content: [
        { type: 'image_url', image_url: { url: 'data:image/png;base64,AAAA' } },
        { type: 'text', text: 'what is it?' },
      ],
    },
  ])
})
