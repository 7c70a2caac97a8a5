import { ContextOverflowError, RefusedError } from '#src/core/errors.ts'
import { ModelGoneError } from '#src/vllm/faults.ts'
import { ask } from './ask.ts'
import { type Check, Points } from './check.ts'
import type { Target } from './target.ts'

const words = 'The error is not recognised for what it is: report its words.'
const lax = 'A mistake of ours would go unseen; nothing breaks.'

export const refusals: Check = {
  number: 6,
  name: 'refusals say what they mean',
  async run(target) {
    const points = new Points()
    await unknownModel(target, points)
    const hot = await target.post('/v1/chat/completions', target.chat('Hello', { temperature: 5 }))
    points.should(hot.status === 400, `temperature 5 answers ${hot.status}`, lax)
    const broken = await target.post('/v1/chat/completions', '{"model":')
    points.should(broken.status === 400, `broken JSON answers ${broken.status}`, lax)
    await tooLong(target, points)
    await keys(target, points)
    return points.finding('unknown model, bad values, broken JSON, a prompt too long: each told as such')
  },
}

async function unknownModel(target: Target, points: Points): Promise<void> {
  await using stranger = target.client({ model: 'no-such-model' })
  const { error } = await ask(stranger, 'Hello')
  points.must(error === undefined || error instanceof ModelGoneError, `an unknown model: ${error}`, words)
  points.should(error !== undefined, 'answers under any model name', 'A wrong VLLM_MODEL goes unseen; nothing breaks.')
}

async function tooLong(target: Target, points: Points): Promise<void> {
  const { contextLength } = target
  if (contextLength === undefined) return
  await using model = target.client()
  const { error } = await ask(model, 'tea '.repeat(contextLength + 50))
  points.must(error instanceof ContextOverflowError, `a prompt too long: ${error}`, words)
  const learnt = error instanceof ContextOverflowError ? error.contextLength : contextLength
  points.should(
    learnt === contextLength,
    `a prompt too long teaches ${learnt} tokens, /v1/models ${contextLength}`,
    words,
  )
}

async function keys(target: Target, points: Points): Promise<void> {
  if (target.apiKey === undefined) return
  await using thief = target.client({ apiKey: 'no-such-key' })
  const { error } = await ask(thief, 'Hello')
  const open = 'Start the server with --api-key, or take VLLM_API_KEY away.'
  points.should(error instanceof RefusedError, 'a wrong key is taken', open)
}
