import { describe, expect, it } from 'vitest'
import { createVllmServer, type VllmServer } from '#playground/vllm-server/vllm-server.ts'
import { type Answer, type Json, moreRecordings, type Recording, recordings, recordsOf, replay } from './wire.ts'

const key = 'sk-test'
const all = [...recordings(), ...moreRecordings()]
const isStream = (recorded: Recording) => String(recorded.headers['content-type']).startsWith('text/event-stream')

// What a server of that time was started with is read off its own answers.
async function serverLike(recorded: Recording, isGuarded: boolean): Promise<VllmServer> {
  const server = await createVllmServer({
    maxModelLen: 4_096,
    apiKey: isGuarded ? key : undefined,
    reasoningParser: isGuarded || recorded.body.includes('completion_tokens_details'),
    perRequestMetrics: isGuarded || recorded.body.includes('"metrics"'),
    requestIdHeaders: recorded.headers['x-request-id'] !== undefined,
    enableThinking: isGuarded || recorded.name.startsWith('thinking'), // the model of the others does not think
    devMode: true,
    maxQueuedReqs: recorded.name === 'engine-busy' ? 0 : undefined,
  })
  if (recorded.name === 'engine-killed-in-stream') server.script({ fault: { kind: 'errorRecord', at: 3 } })
  return server
}

async function answerTo(recorded: Recording, isGuarded: boolean): Promise<Answer> {
  await using server = await serverLike(recorded, isGuarded)
  return await replay(server.url, recorded.request, isGuarded ? key : undefined)
}

/** What may differ, put out of sight: ids, times, counts, words. Key order stays: JSON keeps it. */
function shapeOf(value: unknown): unknown {
  if (Array.isArray(value)) return value.slice(0, 1).map(shapeOf)
  if (typeof value === 'object' && value !== null) {
    return Object.fromEntries(
      Object.entries(value).map(([name, of]) => [
        name,
        keepsValue.has(name) ? of : dependsOnWords.has(name) ? '?' : shapeOf(of),
      ]),
    )
  }
  return value === null ? null : typeof value
}
// Null or a value, as the words have it: an answer of one token has no mean gap.
const dependsOnWords = new Set(['stop_reason', 'mean_itl_ms'])
const keepsValue = new Set([
  'object',
  'role',
  'index',
  'type',
  'param',
  'code',
  'owned_by',
  'server_load',
  'is_sleeping',
  'status',
])

/** One word for each record, repeats folded: an answer's order without its length. */
function kindsOf(text: string): readonly string[] {
  const kinds = recordsOf(text).map(record => (typeof record === 'string' ? record : JSON.stringify(skeleton(record))))
  return kinds.filter((kind, at) => kind !== kinds[at - 1])
}

function skeleton(record: Json): unknown {
  const shape = JSON.stringify(shapeOf(record))
  const choices = Array.isArray(record['choices']) ? record['choices'] : []
  const [choice] = choices
  return [shape, choice?.finish_reason === null ? 'going on' : choice === undefined ? 'no choice' : 'finish']
}

// The validator's list for a message of no kind names 19 faults in the real server's own order; ours names the first.
const abridged = new Set(['content-null', 'content-number', 'role-missing'])

function expectSameHead(answer: Answer, recorded: Recording): void {
  expect(answer.status).toBe(recorded.status)
  expect(answer.headers['content-type']).toBe(recorded.headers['content-type'])
  const ours = Object.keys(answer.headers).filter(name => name !== 'date' && name !== 'connection')
  const theirs = Object.keys(recorded.headers).filter(name => name !== 'connection')
  expect(ours.sort()).toEqual(theirs.sort())
}

function expectSameRecords(text: string, recorded: Recording): void {
  const ours = kindsOf(text)
  const theirs = kindsOf(recorded.body)
  expect([ours.at(0), ...ours.slice(-2)]).toEqual([theirs.at(0), ...theirs.slice(-2)])
  expect(new Set(ours)).toEqual(new Set(theirs))
}

function expectSameRefusal(text: string, recorded: Recording): void {
  if (!abridged.has(recorded.name)) {
    expect(text).toBe(recorded.body)
    return
  }
  const [ours, theirs] = [JSON.parse(text).error, JSON.parse(recorded.body).error]
  expect({ ...ours, message: '' }).toEqual({ ...theirs, message: '' })
  expect(ours.message.split('\n')[1]).toBe(theirs.message.split('\n')[1])
}

describe('a request that a real vLLM 0.32 was recorded with', () => {
  const isGuarded = new Set(moreRecordings().map(recorded => recorded.name))

  it.each(all.map(recorded => [recorded.name, recorded] as const))(
    'gets the same answer but for the words: %s',
    async (name, recorded) => {
      const answer = await answerTo(recorded, isGuarded.has(name))
      expectSameHead(answer, recorded)
      if (recorded.status >= 400) expectSameRefusal(answer.text, recorded)
      else if (isStream(recorded)) expectSameRecords(answer.text, recorded)
      else if (recorded.body.startsWith('{')) {
        expect(JSON.stringify(shapeOf(JSON.parse(answer.text)))).toBe(
          JSON.stringify(shapeOf(JSON.parse(recorded.body))),
        )
      }
    },
  )
})

/** Numbers and names that no two servers share. */
function anonymous(body: string): string {
  return body
    .replace(/"id":"chatcmpl-[^"]*"/g, '"id":"chatcmpl-?"')
    .replace(/"created":\d+/g, '"created":0')
    .replace(/vllm-0\.32\.0-[0-9a-f]{8}/g, 'vllm-0.32.0-?')
    .replace(/_(ms|second)":(?:[\d.e-]+|null)/g, '_$1":0')
    .replace(/"(prompt_tokens|total_tokens|cached_tokens|created_cache_tokens)":\d+/g, '"$1":0')
}

describe('given the words of a recorded answer', () => {
  // A stop string holds words back, so that the records no longer tell the tokens.
  const told = recordings().filter(recorded => isStream(recorded) && !/stop-string|refused/.test(recorded.name))

  it('is tried with a dozen of them', () => expect(told.length).toBeGreaterThanOrEqual(10))

  it.each(told.map(recorded => [recorded.name, recorded] as const))(
    'the stand-in sends the same bytes: %s',
    async (_, recorded) => {
      const records = recordsOf(recorded.body).filter(record => typeof record === 'object')
      const choices = records.flatMap(
        record => record['choices'] as { delta: { content: string; role?: string }; finish_reason: string }[],
      )
      const finish = choices.at(-1)?.finish_reason
      const texts = choices.filter(choice => choice.delta.role === undefined).map(choice => choice.delta.content)
      const tokens = finish === 'stop' ? texts.slice(0, -1) : texts
      await using server = await serverLike(recorded, false)
      server.script({ tokens })
      const answer = await replay(server.url, recorded.request)
      expect(anonymous(answer.text)).toBe(anonymous(recorded.body))
    },
  )
})
