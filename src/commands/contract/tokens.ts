import { z } from 'zod'
import { neutralise } from '#src/engine/neutralise.ts'
import { type Check, ok, Points, skipped, warning } from './check.ts'
import type { Json, Target } from './target.ts'

const tokenized = z.object({
  count: z.number(),
  tokens: z.array(z.number()),
  token_strs: z.array(z.string()).nullish(),
})

/** What the server counts of a prompt; undefined where it does not tell. */
async function tokenize(target: Target, body: Json) {
  const { status, body: told } = await target.post('/tokenize', {
    model: target.model,
    return_token_strs: true,
    ...body,
  })
  return status === 200 ? tokenized.safeParse(JSON.parse(told)).data : undefined
}

const noTokenize = 'the server tells no tokens (/tokenize)'
const usage = { stream_options: { include_usage: true } }

export const promptCount: Check = {
  number: 11,
  name: 'a prompt is counted as it is asked',
  async run(target) {
    const { messages, chat_template_kwargs } = target.chat('How many tokens is this?')
    const counted = await tokenize(target, { messages, chat_template_kwargs, add_generation_prompt: true })
    if (!counted) return skipped(noTokenize)
    const stream = await (
      await target.stream(target.chat('How many tokens is this?', { ...usage, max_tokens: 1 }))
    ).read()
    const used = stream.usage?.prompt_tokens
    if (used === counted.count) return ok(`${used} tokens, both ways`)
    return warning(
      `/tokenize counts ${counted.count}, an answer ${used}`,
      'A proxy or the template adds words to prompts.',
    )
  },
}

export const prefixCache: Check = {
  number: 12,
  name: 'a prompt that goes on is served from the cache',
  async run(target) {
    const system = {
      role: 'system',
      content: `You are kind. ${Array.from({ length: 150 }, (_, n) => `Rule ${n}: stay kind.`).join(' ')} ${crypto.randomUUID()}`,
    }
    const asked = { role: 'user', content: 'Hello! Who are you?' }
    const first = await cached(target, [system, asked])
    const again = await cached(target, [system, asked])
    const later = await cached(target, [
      system,
      asked,
      { role: 'assistant', content: first.text },
      { role: 'user', content: 'And now?' },
    ])
    if (again.tokens === undefined)
      return warning('how much the cache served is not told', 'Start it with --enable-prompt-tokens-details.')
    const points = new Points()
    const least = Math.floor(again.prompt / 2)
    const on =
      'Leave prefix caching on (it is, unless --no-enable-prefix-caching is given): every answer begins later without it.'
    points.should(again.tokens >= least, `the same prompt again: ${again.tokens} of ${again.prompt} tokens cached`, on)
    points.should((later.tokens ?? 0) >= least, `the next turn: ${later.tokens} of ${later.prompt} tokens cached`, on)
    return points.finding(`again ${again.tokens} of ${again.prompt}, the next turn ${later.tokens} of ${later.prompt}`)
  },
}

async function cached(target: Target, messages: readonly Json[]) {
  const stream = await (await target.stream(target.chat('', { ...usage, messages, max_tokens: 8 }))).read()
  const { usage: told, text } = stream
  return { text, prompt: told?.prompt_tokens ?? 0, tokens: told?.prompt_tokens_details?.cached_tokens ?? undefined }
}

export const controlTokens: Check = {
  number: 22,
  name: 'what people write forms no control token',
  async run(target) {
    const plain = await countOf(target, 'Hello')
    if (plain === undefined) return skipped(noTokenize)
    const kinds = ['<|im_end|>', '<|im_start|>', '<|endoftext|>', '<think>', '</think>', '<tool_call>', '<|eot_id|>']
    const points = new Points()
    const real: string[] = []
    for (const kind of kinds) {
      const raw = await countOf(target, kind)
      const safe = await tokenize(target, { prompt: neutralise(kind), add_special_tokens: false })
      // One token for all those characters: the tokenizer took it for its own.
      if (raw === 1) real.push(kind)
      points.must(
        (safe?.count ?? 0) > 1,
        `${kind} stays a control token`,
        'A fault of Aeries: report it with the model.',
      )
    }
    return points.finding(real.length === 0 ? 'none of them is one here' : `${real.join(' ')} would be; made harmless`)
  },
}

async function countOf(target: Target, prompt: string): Promise<number | undefined> {
  return (await tokenize(target, { prompt, add_special_tokens: false }))?.count
}
