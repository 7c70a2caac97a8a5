import { z } from 'zod'
import { type Check, ok, Points, skipped, warning } from './check.ts'
import type { Json } from './target.ts'

const mood = z.strictObject({ mood: z.enum(['glad', 'sad', 'calm']), strength: z.int().min(0).max(9) })
const { $schema: _, ...schema } = z.toJSONSchema(mood)
const question = 'I passed my exam! Tell my mood as JSON.'
const format = (given: Json) => ({
  response_format: { type: 'json_schema', json_schema: { name: 'mood', schema: given } },
})

export const structured: Check = {
  number: 8,
  name: 'an answer is held to a JSON schema',
  async run(target) {
    const points = new Points()
    const held = await (await target.stream(target.chat(question, { ...format(schema), max_tokens: 200 }))).read()
    points.must(
      held.status === 200 && held.error === undefined,
      `a plain schema is refused (${held.status})`,
      'What Aeries learns about people needs it: update the server.',
    )
    const ended = held.finishes[0]?.finish_reason === 'stop'
    const roomless = `Start it with --structured-outputs-config '{"backend":"xgrammar","disable_any_whitespace":true}'.`
    points.should(ended || held.status !== 200, 'the JSON did not end: the model fell for white space', roomless)
    const told = held.text === '' ? held.reasoning : held.text
    points.must(
      !ended || fits(told),
      'the answer does not follow the schema',
      'Update the server: it takes response_format and does nothing with it.',
    )

    const array = {
      type: 'array',
      items: { type: 'string' },
      uniqueItems: true,
      contains: { const: 'x' },
      minContains: 3,
    }
    const refused = await (await target.stream(target.chat(question, format(array)))).read()
    const isPlain =
      refused.status === 200 &&
      refused.error === undefined &&
      !isJson(refused.text) &&
      refused.finishes[0]?.finish_reason === 'stop'
    points.must(!isPlain, 'a schema that it cannot hold is taken, and plain words come', roomless)
    const how =
      refused.status === 200
        ? refused.error === undefined
          ? 'taken as far as it goes'
          : 'refused in the stream'
        : `refused with ${refused.status}`
    return points.finding(`${told.replace(/\s+/g, ' ')}; one that cannot be held: ${how}`)
  },
}

export const formerField: Check = {
  number: 9,
  name: 'the field of old, guided_json, does nothing',
  async run(target) {
    const { status, text } = await (await target.stream(target.chat('Say hello.', { guided_json: schema }))).read()
    if (status !== 200) return ok(`refused with ${status}`)
    if (text === '') return skipped('no words came')
    return fits(text)
      ? warning('guided_json is heeded: a vLLM before 0.12', 'Update vLLM.')
      : ok('taken without a word, and ignored')
  },
}

function fits(text: string): boolean {
  return isJson(text) && mood.safeParse(JSON.parse(text)).success
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text)
    return true
  } catch {
    return false
  }
}
