import { createParser } from 'eventsource-parser'
import { request } from 'undici'

type Record = Readonly<{ choices?: readonly Readonly<{ delta?: Readonly<{ content?: string | null }> }>[] }>

/** Asks a vLLM server the shortest way there is and gives its text as it comes: what a contender that is no service reads with. */
export async function* tellModel(vllmUrl: string, question: string): AsyncGenerator<string> {
  const { body } = await request(`${vllmUrl}/v1/chat/completions`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({
      messages: [{ role: 'user', content: question }],
      stream: true,
      max_tokens: 8_192,
      chat_template_kwargs: { enable_thinking: false },
    }),
  })
  const records: string[] = []
  const parser = createParser({ onEvent: ({ data }) => void records.push(data) })
  const decoder = new TextDecoder()
  for await (const bytes of body) {
    parser.feed(decoder.decode(bytes as Buffer, { stream: true }))
    for (const record of records.splice(0)) {
      if (record === '[DONE]') continue
      const { choices } = JSON.parse(record) as Record
      const text = choices?.[0]?.delta?.content
      if (text) yield text
    }
  }
}
