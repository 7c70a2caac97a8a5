import { importContender } from '#bench/frame/import-contender.ts'
import type { Books, ReadAnswer } from './read-answer.ts'

type Chunk = Readonly<{ choices: readonly Readonly<{ delta?: Readonly<{ content?: string | null }> }>[] }>
type OpenaiModule = Readonly<{
  OpenAI: new (
    options: object,
  ) => Readonly<{
    chat: Readonly<{ completions: Readonly<{ create(body: object): Promise<AsyncIterable<Chunk>> }> }>
  }>
}>

/** The SDK as its readme has it, the text put together and nothing more. */
export async function readWithOpenai(url: string, books: Books): Promise<ReadAnswer> {
  const { OpenAI } = await importContender<OpenaiModule>('openai')
  const client = new OpenAI({ baseURL: `${url}/v1`, apiKey: 'none' })
  return async number => {
    const askedAt = performance.now()
    const messages = [{ role: 'user', content: 'hello' }]
    const stream = await client.chat.completions.create({ model: 'bench', messages, stream: true })
    books.live += 1
    let text = ''
    for await (const chunk of stream) {
      if (text === '') books.firstTextMs[number] = performance.now() - askedAt
      text += chunk.choices[0]?.delta?.content ?? ''
    }
    books.live -= 1
  }
}
