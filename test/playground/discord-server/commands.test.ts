import { expect, it } from 'vitest'
import { createDiscordServer, type DiscordServer } from '#playground/discord-server/discord-server.ts'
import { buildHarbour } from '#playground/discord-server/harbour.ts'

const verb = { type: 1, name: 'forget', description: 'Forget.' }
const option = { type: 3, name: 'what', description: 'What.' }
const slash = (...options: object[]) => ({ name: 'aeries', description: 'Ask.', options })

async function overwrite(server: DiscordServer, body: unknown, application = server.world.application.id) {
  const response = await fetch(`${server.apiUrl}/v10/applications/${application}/commands`, {
    method: 'PUT',
    headers: { authorization: `Bot ${server.token}`, 'content-type': 'application/json' },
    body: JSON.stringify(body),
  })
  return { status: response.status, body: (await response.json()) as readonly Record<string, unknown>[] }
}

it('takes commands as Discord does, all anew, each with an id of its own', async () => {
  await using server = await createDiscordServer()
  const first = await overwrite(server, [slash({ ...verb, options: [option] }), { type: 3, name: 'Ask about this' }])
  expect(first.status).toBe(200)
  expect(first.body).toMatchObject([
    { type: 1, name: 'aeries' },
    { type: 3, name: 'Ask about this', description: '' },
  ])
  expect((await overwrite(server, [])).body).toEqual([])
  expect(server.world.application.commands).toEqual([])
})

it.each([
  ['a name in capitals', [{ ...slash(), name: 'Aeries' }]],
  ['no description', [{ name: 'aeries' }]],
  ['a description that is too long', [{ ...slash(), description: 'x'.repeat(101) }]],
  ['two of one name', [slash(), slash()]],
  ['two options of one name', [slash(verb, verb)]],
  ['26 subcommands', [slash(...Array.from({ length: 26 }, (_, at) => ({ ...verb, name: `verb${at}` })))]],
  [
    'a required option behind another',
    [slash({ ...verb, options: [option, { ...option, name: 'b', required: true }] })],
  ],
  [
    'choices that complete',
    [slash({ ...verb, options: [{ ...option, autocomplete: true, choices: [{ name: 'a', value: 'a' }] }] })],
  ],
  ['words of a message command', [{ type: 3, name: 'Ask', description: 'Ask.' }]],
])('refuses %s', async (_, body) => {
  await using server = await createDiscordServer()
  expect((await overwrite(server, body)).status).toBe(400)
})

it('gives people only commands and options that there are', async () => {
  await using server = await createDiscordServer()
  buildHarbour(server)
  const { people } = server
  expect(() => people.command('mira', 'dm', '/aeries forget')).toThrow('no command')
  await overwrite(server, [
    slash({ ...verb, options: [{ ...option, required: true, choices: [{ name: 'all', value: 'all' }] }] }),
  ])
  expect(() => people.command('mira', 'dm', '/aeries dance')).toThrow('no "dance"')
  expect(() => people.command('mira', 'dm', '/aeries forget')).toThrow('wants "what"')
  expect(() => people.command('mira', 'dm', '/aeries forget', { what: 'it' })).toThrow('no choice')
  expect(() => people.command('mira', 'dm', '/aeries forget', { which: 'it' })).toThrow('no option')
  expect(() => people.complete('mira', 'dm', '/aeries forget', 'what', 'a')).toThrow('completes nothing')
  expect(people.command('mira', 'dm', '/aeries forget', { what: 'all' })).toMatchObject({
    type: 2,
    data: { name: 'aeries', options: [{ name: 'forget', options: [{ name: 'what', value: 'all' }] }] },
  })
  expect(() => people.pick('mira', people.say('jonas', '#general', 'hello').id, 'Ask')).toThrow('menu')
})

it('lets nobody register the commands of another application', async () => {
  await using server = await createDiscordServer()
  expect((await overwrite(server, [], '1')).status).toBe(403)
})
