import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { ContextOverflowError, RefusedError, UnavailableError } from '#src/core/errors.ts'
import { aChatModel, hear, toldBy } from './chat-client.ts'
import { rawServer } from './raw-server.ts'

type Recording = Readonly<{
  path: string
  status: number
  contentType: string
  chunks: readonly string[]
}>

/** What a real vLLM 0.32 sent. */
const folder = new URL('../fixtures/wire/', import.meta.url)

function recording(name: string): Recording {
  const [head, ...chunks] = readFileSync(new URL(name, folder), 'utf8')
    .trim()
    .split('\n')
    .map(line => JSON.parse(line))
  const { request, status, headers } = head
  return {
    path: request.path,
    status,
    contentType: headers['content-type'],
    chunks: chunks.map(({ body }) => body),
  }
}

/** What the recorded bodies say, read the plain way. */
function said({ chunks, contentType }: Recording): Readonly<{ text: string; reason: unknown; usage: unknown }> {
  const body = chunks.join('')
  const all = contentType.startsWith('application/json')
    ? [JSON.parse(body)]
    : body
        .split('\n\n')
        .filter(line => line.startsWith('data: {'))
        .map(line => JSON.parse(line.slice(6)))
  const choices = all.flatMap(record => record.choices)
  const usage = all.findLast(record => record.usage)?.usage
  return {
    text: choices.map(choice => (choice.delta ?? choice.message).content ?? '').join(''),
    reason: choices.map(choice => choice.finish_reason).find(reason => reason),
    usage: usage && {
      promptTokens: usage.prompt_tokens,
      cachedTokens: usage.prompt_tokens_details?.cached_tokens,
      completionTokens: usage.completion_tokens,
    },
  }
}

async function replay({ status, contentType, chunks }: Recording) {
  await using server = await rawServer(call => {
    if (contentType.startsWith('text/event-stream')) {
      call.start(contentType)
      for (const chunk of chunks) call.chunk(chunk)
      call.end()
    } else call.reply(status, chunks.join(''), contentType)
  })
  await using model = aChatModel(server.url)
  return { heard: await hear(model), contextLength: model.contextLength() }
}

const chats = readdirSync(folder).filter(name => recording(name).path === '/v1/chat/completions')
const answers = chats.filter(name => recording(name).status === 200 && !name.includes('refused'))

describe('a recorded answer of a real vLLM', () => {
  it('is there', () => {
    expect(answers.length).toBeGreaterThanOrEqual(12)
  })

  it.each(answers)('comes through the client: %s', async name => {
    const recorded = recording(name)
    const { text, reason, usage } = said(recorded)
    const { heard } = await replay(recorded)
    // Blank lines before the first word and a character that `length` cut are left out.
    expect(heard).toEqual({
      text: text.replace(/^\s*\n/, '').replace(/\uFFFD+$/, ''),
      end: { reason, usage },
      error: undefined,
    })
  })
})

describe('a recorded refusal of a real vLLM', () => {
  it.each([
    ['context-overflow.jsonl', ContextOverflowError, /maximum context length is 4096/],
    ['max-tokens-over-context.jsonl', ContextOverflowError, /max_tokens=5000/],
    ['json-schema-refused-in-stream.jsonl', RefusedError, /not supported by xgrammar/],
    ['json-schema-refused.jsonl', RefusedError, /xgrammar/],
    ['temperature-out-of-range.jsonl', RefusedError, /temperature must be/],
    ['malformed-json.jsonl', RefusedError, /JSON decode error/],
    ['wrong-type.jsonl', RefusedError, /valid list/],
    ['unknown-model.jsonl', UnavailableError, /VLLM_MODEL/],
    ['unknown-path.jsonl', UnavailableError, /VLLM_URL/],
  ])('is told as what it means: %s', async (name, kind, message) => {
    const { heard } = await replay(recording(name))
    expect(heard).toMatchObject({ text: '', end: undefined, error: expect.any(kind) })
    expect(toldBy(heard.error)).toMatch(message)
  })

  it('teaches the context length', async () => {
    for (const name of ['context-overflow.jsonl', 'max-tokens-over-context.jsonl']) {
      const { heard, contextLength } = await replay({
        ...recording(name),
        chunks: recording(name).chunks.map(body => body.replaceAll('4096', '2048')),
      })
      expect(heard.error).toMatchObject({ contextLength: 2048 })
      expect(contextLength).toBe(2048)
    }
  })
})
