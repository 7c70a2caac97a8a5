import { type Check, ok, Points, warning } from './check.ts'
import type { Target } from './target.ts'

const count = 'Count from one to ten in words.'
const proxy =
  'Something between does not pass the stream on as vLLM sends it: set VLLM_URL to the server itself, or a proxy that does.'

export const framing: Check = {
  number: 2,
  name: 'an answer streams as it should',
  async run(target) {
    const points = new Points()
    const stream = await (await target.stream(target.chat(count))).read()
    points.must(stream.status === 200, `status ${stream.status}`, 'See the log of the server.')
    points.must(/^text\/event-stream/.test(stream.contentType), `content-type ${stream.contentType}`, proxy)
    points.must(
      stream.text.trim() !== '',
      'no words came',
      'See that the model is a chat model and has a chat template.',
    )
    points.must(stream.finishes.length === 1, `${stream.finishes.length} finish_reasons`, proxy)
    const first = stream.choices[0]?.delta
    points.should(first?.role === 'assistant', 'the first record has no role', proxy)
    const foreign = stream.records.filter(record => typeof record === 'string' && record !== '[DONE]').length
    points.should(foreign === 0, `${foreign} records are no JSON`, proxy)
    const last = stream.records.indexOf('[DONE]')
    points.should(last === stream.records.length - 1, last < 0 ? 'no [DONE]' : 'records behind [DONE]', proxy)
    return points.finding(`${stream.records.length} records, role first, one finish, [DONE] last`)
  },
}

export const sameAnswer: Check = {
  number: 3,
  name: 'streamed and whole answers are the same',
  async run(target) {
    const stream = await (await target.stream(target.chat(count))).read()
    const { body } = await target.post('/v1/chat/completions', target.chat(count))
    const whole = JSON.parse(body).choices[0].message.content
    if (whole === stream.text) return ok(`${whole.length} characters, the same`)
    return warning(
      'two greedy answers to one question differ',
      'Other answers that run at the same time can do that; a proxy that changes words must not.',
    )
  },
}

export const counting: Check = {
  number: 4,
  name: 'usage is told when asked for, and only then',
  async run(target) {
    const points = new Points()
    const asked = await (await target.stream(target.chat(count, { stream_options: { include_usage: true } }))).read()
    const { usage } = asked
    const last = asked.json.at(-1)
    points.should(usage !== undefined, 'no usage came', 'Tokens cannot be counted; update the server.')
    points.should(last?.choices?.length === 0, 'the usage is not in a record of its own', 'Nothing breaks.')
    const sum = (usage?.prompt_tokens ?? 0) + (usage?.completion_tokens ?? 0)
    points.should(!usage || usage.total_tokens === sum, 'the totals do not add up', 'Nothing breaks.')
    const unasked = await (await target.stream(target.chat(count))).read()
    points.should(unasked.usage === undefined, 'usage comes unasked', 'Nothing breaks.')
    const { status } = await target.post(
      '/v1/chat/completions',
      target.chat(count, { stream_options: { include_usage: true } }),
    )
    points.should(status === 400, `stream_options without stream answers ${status}`, 'Nothing breaks.')
    return points.finding(`${usage?.prompt_tokens} + ${usage?.completion_tokens} tokens`)
  },
}

const crowd = 32

export const parallel: Check = {
  number: 18,
  name: `${crowd} answers at once stay apart`,
  async run(target) {
    const answers = await Promise.all(Array.from({ length: crowd }, (_, n) => one(target, n)))
    const points = new Points()
    const unfinished = answers.filter(({ finished }) => !finished).length
    points.must(unfinished === 0, `${unfinished} did not finish`, 'See the log of the server.')
    const mixed = answers.filter(({ ids }) => ids.size !== 1).length
    points.must(mixed === 0, `${mixed} held records of others`, proxy)
    const ids = new Set(answers.flatMap(({ ids }) => [...ids]))
    points.must(mixed > 0 || ids.size === crowd, 'answers share an id', proxy)
    return points.finding('all finished, each with records of its own only')
  },
}

async function one(target: Target, n: number) {
  const stream = await (await target.stream(target.chat(`Say the number ${n} in words.`, { max_tokens: 16 }))).read()
  return { finished: stream.finishes.length === 1, ids: new Set(stream.json.map(({ id }) => id)) }
}
