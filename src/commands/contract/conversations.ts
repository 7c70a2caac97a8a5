import { RefusedError } from '#src/core/errors.ts'
import { ask } from './ask.ts'
import { type Check, ok, Points, skipped, warning } from './check.ts'
import type { Target } from './target.ts'

export const languages: Check = {
  number: 13,
  name: 'every script comes through whole',
  async run(target) {
    const points = new Points()
    const words = 'Grüße an 美羽 🫠👩‍👩‍👧 और आप'
    await using model = target.client()
    const { text, error } = await ask(model, `Repeat: ${words}`, { maxTokens: 48 })
    points.must(error === undefined, `${error}`, 'See the log of the server.')
    points.must(
      !text.includes('\uFFFD'),
      'an answer holds broken characters',
      'Something between splits characters; report it.',
    )
    const counted = await target.post('/tokenize', { model: target.model, prompt: words, add_special_tokens: false })
    if (counted.status !== 200) return points.finding('no broken characters')
    const { tokens } = JSON.parse(counted.body)
    const back = await target.post('/detokenize', { model: target.model, tokens })
    points.should(
      back.body.includes(words),
      'a prompt does not come back as it went',
      'The tokenizer changes words; nothing breaks.',
    )
    return points.finding('a prompt comes back as it went, no broken characters')
  },
}

const system = { role: 'system', content: 'You are kind.' }
const user = (content: unknown) => ({ role: 'user', content })
const assistant = { role: 'assistant', content: 'Hello.' }

export const lateSystem: Check = {
  number: 14,
  name: 'a system message in the middle',
  async run(target) {
    const status = await statusOf(target, [system, user('Hi'), assistant, system, user('And?')])
    return ok(status === 200 ? 'is taken' : `is refused with ${status}; Aeries sends none`)
  },
}

export const oddTalks: Check = {
  number: 21,
  name: 'talks as they are in chats',
  async run(target) {
    const points = new Points()
    const template = 'The template of the model refuses what happens in chats: give another one with --chat-template.'
    const needed = {
      'two messages of people in a row': [system, user('Hi'), user('Are you there?')],
      'a talk that begins with our own words': [system, assistant, user('Hi')],
    }
    for (const [what, messages] of Object.entries(needed)) {
      const status = await statusOf(target, messages)
      points.must(status === 200, `${what}: ${status}`, template)
    }
    const lax = 'A mistake of ours would go unseen; nothing breaks.'
    points.should((await statusOf(target, [])) >= 400, 'a talk without a message is answered', lax)
    points.should((await statusOf(target, [user(null)])) >= 400, 'a message without words is answered', lax)
    return points.finding('two messages in a row, our own words first: taken; no words at all: refused')
  },
}

async function statusOf(target: Target, messages: readonly unknown[]): Promise<number> {
  return (await target.post('/v1/chat/completions', target.chat('', { messages, max_tokens: 1 }))).status
}

export const goingOn: Check = {
  number: 15,
  name: 'an answer that broke off can go on',
  async run(target) {
    const question = 'Count from one to twenty in words, separated by commas.'
    await using model = target.client()
    const { text, error: before } = await ask(model, question, { maxTokens: 200 })
    if (before !== undefined) throw before
    const begun = text.slice(0, Math.floor(text.length / 2))
    if (begun.trim() === '') return skipped('no words came')
    const { text: rest, error } = await ask(model, question, { maxTokens: 20, begun })
    const anew = 'Aeries writes such an answer anew instead.'
    if (error instanceof RefusedError) return warning(`refused: ${error.message}`, anew)
    if (error !== undefined) throw error
    if (text.startsWith(begun + rest.slice(0, 4))) return ok('with the very words that it would have said')
    const opening = begun.trim().slice(0, 24)
    if (!rest.trim().startsWith(opening)) return ok('joined without repeating')
    return warning(
      'the server begins anew instead of going on',
      'Update the server: it ignores continue_final_message.',
    )
  },
}
