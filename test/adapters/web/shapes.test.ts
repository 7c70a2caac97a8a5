import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { z } from 'zod'
import { wire } from '#adapters/web/wire.ts'
import type { WebClient } from '#test/support/web-client.ts'
import { aWorld } from './a-world.ts'

type Schema = Readonly<{ properties?: Readonly<Record<string, unknown>>; required?: readonly string[] }>
type Content = Readonly<{
  content?: Readonly<Record<string, Readonly<{ schema: Schema & Readonly<{ $ref?: string }> }>>>
}>
type Operation = Readonly<{
  parameters?: readonly Readonly<{ name: string; in: string; required?: boolean }>[]
  requestBody?: Content
  responses: Readonly<Record<string, Content>>
}>

// Only below `$defs` are definitions looked for.
const text = readFileSync('adapters/web/openapi.json', 'utf8').replaceAll('#/components/schemas/', '#/$defs/')
const api = JSON.parse(text) as Readonly<{
  paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>
  components: Readonly<{ schemas: Readonly<Record<string, Schema>> }>
}>
const { schemas } = api.components
const reader = (schema: object) => z.fromJSONSchema({ ...schema, $defs: schemas } as never)

it.each([
  ['post /api/chat', wire.chat],
  ['post /api/conversations', wire.begin],
  ['patch /api/conversations/{id}', wire.change],
  ['post /api/feedback', wire.feedback],
  ['delete /api/feedback', wire.takeBack],
  ['post /api/reactions', wire.reaction],
  ['post /api/taps', wire.tap],
  ['post /api/commands', wire.command],
  ['patch /api/messages/{id}', wire.edit],
  ['post /api/session', wire.signIn],
])('%s takes what is told', (name, form) => {
  const { $ref = '' } = operation(name).requestBody?.content?.['application/json']?.schema ?? {}
  const told = schemas[$ref.slice('#/$defs/'.length)]
  const read = z.toJSONSchema(form, { io: 'input' })
  expect(Object.keys(told?.properties ?? {}).sort()).toEqual(Object.keys(read.properties ?? {}).sort())
  expect([...(told?.required ?? [])].sort()).toEqual([...(read.required ?? [])].sort())
  expect(told).toMatchObject({ additionalProperties: false })
})

it.each([
  ['get /api/conversations', wire.listQuery],
  ['get /api/conversations/{id}', wire.pageQuery],
  ['get /api/briefing', wire.briefingQuery],
])('%s is asked as is told', (name, form) => {
  const told = (operation(name).parameters ?? []).filter(one => one.in === 'query')
  const read = z.toJSONSchema(form, { io: 'input' })
  expect(told.map(one => one.name).sort()).toEqual(Object.keys(read.properties ?? {}).sort())
  expect(told.filter(one => one.required).map(one => one.name)).toEqual(read.required ?? [])
})

it('answers as is told, whatever comes of it', async () => {
  await using world = await aWorld({ learning: {} })
  const { client, vllm } = world
  const told = async (name: string, path: string, body?: unknown) => {
    const [method = ''] = name.split(' ')
    const { status, json } = await client.ask(method.toUpperCase(), path, body)
    const { responses } = operation(name)
    const { content } = responses[status] ?? responses['default'] ?? {}
    const schema = content?.['application/json']?.schema
    if (schema === undefined) expect(json, name).toEqual({})
    else expect(reader(schema).safeParse(json).error, `${name}: ${JSON.stringify(json)}`).toBeUndefined()
    return json
  }
  const talk = await client.begin()
  const answers = await streamed(client, talk, vllm)
  const path = `/api/conversations/${talk}`
  const { messages } = (await told('get /api/conversations/{id}', path)) as {
    messages: readonly { role: string; messageIds: readonly string[] }[]
  }
  const [messageId = ''] = messages.find(({ role }) => role === 'aeries')?.messageIds ?? []
  const id = encodeURIComponent(messageId)
  await told('get /api/conversations', '/api/conversations')
  await told('get /api/conversations', '/api/conversations?q=tides')
  await told('post /api/conversations', '/api/conversations', {})
  await told('patch /api/conversations/{id}', path, { title: 'Tides', persona: 'Pirate' })
  await told('patch /api/conversations/{id}', path, {})
  await told('get /api/personas', '/api/personas')
  await told('get /api/session', '/api/session')
  await told('post /api/feedback', '/api/feedback', { messageId, verdict: 'down', reason: 'tone' })
  await told('delete /api/feedback', '/api/feedback', { messageId })
  await told('post /api/reactions', '/api/reactions', { messageId, emoji: '👍' })
  await told('post /api/commands', '/api/commands', { conversationId: talk, verb: 'me' })
  await told('post /api/commands', '/api/commands', { conversationId: talk, verb: 'export' })
  await told('post /api/taps', '/api/taps', { messageId, action: 'control:stop' })
  await told('get /api/briefing', `/api/briefing?conversationId=${talk}`)
  await told('get /api/briefing', '/api/briefing')
  await told('patch /api/messages/{id}', `/api/messages/${id}`, { message: '' })
  await told('get /api/chat/{turnId}', '/api/chat/nothing')
  await told('delete /api/conversations/{id}', path)
  await told('get /api/conversations/{id}', path)
  const event = reader({ $ref: '#/$defs/StreamEvent' })
  for (const { id: _, event: __, at: ___, ...data } of answers) {
    expect(event.safeParse(data).error, JSON.stringify(data)).toBeUndefined()
  }
})

/** What is read of an answer, of one that is stopped, of a command, and of none. */
async function streamed(client: WebClient, talk: string, vllm: Awaited<ReturnType<typeof aWorld>>['vllm']) {
  const events: unknown[] = []
  const read = async (words: string, during = async (_: string) => {}) => {
    await using stream = await client.chat(talk, words)
    await stream.until(({ events }) => events.length > 0)
    await during(stream.turn)
    await stream.until(({ isDone }) => isDone)
    events.push(...stream.events)
  }
  await read('How are the tides?')
  vllm.script({ text: 'The boats go on and on.', fault: { kind: 'stall', at: 6 } })
  await read('And the boats?', async turn => void (await client.ask('DELETE', `/api/chat/${turn}`)))
  await read('/aeries me')
  await vllm.setState({ door: 'refusing' })
  await read('Are you there?')
  return events as readonly Readonly<Record<string, unknown>>[]
}

function operation(name: string): Operation {
  const [method = '', path = ''] = name.split(' ')
  const found = api.paths[path]?.[method]
  if (found === undefined) throw new Error(`${name} is not told of.`)
  return found
}
