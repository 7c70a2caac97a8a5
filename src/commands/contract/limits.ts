import { ContextOverflowError } from '#src/core/errors.ts'
import { ask } from './ask.ts'
import { type Check, Points, skipped } from './check.ts'

export const bounds: Check = {
  number: 5,
  name: 'max_tokens and stop words are heeded',
  async run(target) {
    const points = new Points()
    const usage = { stream_options: { include_usage: true } }
    const question = 'Count from one to ten in words.'
    const short = await (await target.stream(target.chat(question, { ...usage, max_tokens: 1 }))).read()
    points.must(
      short.finishes[0]?.finish_reason === 'length',
      'max_tokens 1 does not end by length',
      'Update the server.',
    )
    const tokens = short.usage?.completion_tokens ?? 1
    points.must(tokens <= 1, `max_tokens 1 brought ${tokens}`, 'Update the server.')

    const free = await (await target.stream(target.chat(question))).read()
    const stop = wordInside(free.text)
    const stopped = await (await target.stream(target.chat(question, { stop: [stop] }))).read()
    points.must(!stopped.text.includes(stop), 'the text holds its stop word', 'Update the server.')
    const [finish] = stopped.finishes
    const hit = finish?.finish_reason === 'stop' && finish.stop_reason === stop
    points.should(
      hit,
      `a stop word is not told as stop_reason (${finish?.finish_reason}, ${finish?.stop_reason})`,
      'Nothing breaks.',
    )
    return points.finding(`length after ${tokens} token, stop at ${JSON.stringify(stop)}`)
  },
}

/** A few characters that the model is going to say again. */
function wordInside(text: string): string {
  const middle = Math.floor(text.length / 2)
  return text.slice(middle).match(/[^\s\uFFFD]{2,4}/u)?.[0] ?? text.slice(middle, middle + 2)
}

export const room: Check = {
  number: 20,
  name: 'an answer longer than the room is cut or refused in words that we know',
  async run(target) {
    const { contextLength } = target
    if (contextLength === undefined) return skipped('the context length is not told')
    const points = new Points()
    const overflow = 'The error is not recognised as a prompt that is too long: report its words.'
    await using model = target.client()
    const beyond = await ask(model, 'Hello', { maxTokens: contextLength + 1 })
    const isKnown = beyond.error instanceof ContextOverflowError && beyond.error.contextLength === contextLength
    points.should(isKnown || beyond.error === undefined, `max_tokens above the context: ${beyond.error}`, overflow)

    const most = await target.stream(target.chat('Hello', { max_tokens: contextLength - 1 }))
    await most.read(1)
    const cuts = most.status === 200 && most.error === undefined
    most.leave()
    if (cuts) return points.finding('cuts it to what the context leaves')
    const { error } = await ask(model, 'Hello', { maxTokens: contextLength - 1 })
    points.must(error instanceof ContextOverflowError, `refused with ${error}`, overflow)
    return points.finding('refuses it, and says so')
  },
}
