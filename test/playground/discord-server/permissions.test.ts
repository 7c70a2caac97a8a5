import { Routes } from 'discord.js'
import { expect, test } from 'vitest'
import { aClient, aServer } from './a-client.ts'

async function aPlace() {
  const server = await aServer()
  const client = await aClient(server)
  const send = (channel: string, body: object = { content: 'hello' }) =>
    client.rest.post(Routes.channelMessages(channel), { body })
  const dispose = async () => {
    await client.destroy()
    await server[Symbol.asyncDispose]()
  }
  return { server, client, send, [Symbol.asyncDispose]: dispose }
}

const nowhere = '100000000000000001'

test('what does not exist is unknown: channel, message, user, guild', async () => {
  await using place = await aPlace()
  const { client, server } = place
  await expect(place.send(nowhere)).rejects.toMatchObject({ code: 10_003, status: 404 })
  const path = Routes.channelMessage(server.ids.general, nowhere)
  await expect(client.rest.patch(path, { body: { content: 'x' } })).rejects.toMatchObject({ code: 10_008, status: 404 })
  await expect(client.rest.get(Routes.user(nowhere))).rejects.toMatchObject({ code: 10_013 })
  await expect(client.rest.get(Routes.guild(nowhere))).rejects.toMatchObject({ code: 10_004 })
})

test('a channel that the bot does not see is 50001, one where it may not write 50013', async () => {
  await using place = await aPlace()
  const { server } = place
  server.places.setVisibility('#crew', ['mira'])
  await expect(place.send(server.ids.crew)).rejects.toMatchObject({ code: 50_001, status: 403 })
  server.places.deny('#random', 'bot', ['sendMessages'])
  await expect(place.send(server.ids.random)).rejects.toMatchObject({ code: 50_013, status: 403 })
  server.scene.leaveGuild('bot')
  await expect(place.send(server.ids.general)).rejects.toMatchObject({ code: 50_001 })
})

test('a person who takes no DMs is 50007, while older messages there can still be edited', async () => {
  await using place = await aPlace()
  const { server, client } = place
  const dm = (await client.rest.post(Routes.userChannels(), { body: { recipient_id: server.ids.mira } })) as {
    id: string
  }
  const sent = (await place.send(dm.id)) as { id: string }
  server.scene.setAcceptsDms('mira', false)
  await expect(place.send(dm.id)).rejects.toMatchObject({ code: 50_007, status: 403 })
  const path = Routes.channelMessage(dm.id, sent.id)
  expect(await client.rest.patch(path, { body: { content: 'more' } })).toMatchObject({ content: 'more' })
})

test('without Read Message History there is no reply and no reading back', async () => {
  await using place = await aPlace()
  const { server, client } = place
  const question = server.people.say('wren', '#general', 'well?')
  server.places.deny('#general', 'bot', ['readMessageHistory'])
  const reply = { content: 'well', message_reference: { message_id: question.id } }
  await expect(place.send(server.ids.general, reply)).rejects.toMatchObject({ code: 160_002 })
  expect(await client.rest.get(Routes.channelMessages(server.ids.general))).toEqual([])
})

test('messages of others are not the bot’s to edit or delete', async () => {
  await using place = await aPlace()
  const { server, client } = place
  const { id } = server.people.say('wren', '#general', 'mine')
  const path = Routes.channelMessage(server.ids.general, id)
  await expect(client.rest.patch(path, { body: { content: 'x' } })).rejects.toMatchObject({ code: 50_005 })
  await expect(client.rest.delete(path)).rejects.toMatchObject({ code: 50_013 })
  const dm = server.people.say('wren', 'dm', 'mine too')
  await expect(client.rest.delete(Routes.channelMessage(dm.channelId, dm.id))).rejects.toMatchObject({ code: 50_003 })
})

test('an archived thread opens by being written to, but takes no edits; a locked one takes nothing', async () => {
  await using place = await aPlace()
  const { server, client } = place
  const root = server.people.say('wren', '#general', 'a long story')
  const thread = server.places.createThread('#general', { name: 'story', by: 'wren', message: root.id })
  const sent = (await place.send(thread.id)) as { id: string }
  const edit = () => client.rest.patch(Routes.channelMessage(thread.id, sent.id), { body: { content: 'edited' } })
  server.places.changeThread(thread.id, { archived: true })
  await expect(edit()).rejects.toMatchObject({ code: 50_083, status: 400 })
  await place.send(thread.id)
  expect(server.world.channel(thread.id).thread).toMatchObject({ archived: false, messageCount: 2 })
  server.places.changeThread(thread.id, { locked: true })
  await expect(edit()).rejects.toMatchObject({ code: 160_005 })
  await expect(place.send(thread.id)).rejects.toMatchObject({ code: 160_005 })
  server.places.deny('#general', 'bot', ['sendMessagesInThreads'])
  server.places.changeThread(thread.id, { locked: false })
  await expect(place.send(thread.id)).rejects.toMatchObject({ code: 50_013 })
})

test('the bot opens a thread on a message, once', async () => {
  await using place = await aPlace()
  const { server, client } = place
  const { id } = server.people.say('wren', '#general', 'topic')
  const open = () => client.rest.post(Routes.threads(server.ids.general, id), { body: { name: 'Topic' } })
  expect(await open()).toMatchObject({ id, type: 11, parent_id: server.ids.general, owner_id: server.botId })
  await expect(open()).rejects.toMatchObject({ code: 160_004 })
  const starter = (await client.rest.get(Routes.channelMessages(id))) as { type: number; referenced_message: object }[]
  expect(starter).toMatchObject([{ type: 21, content: '', referenced_message: { content: 'topic' } }])
})

test('a private thread is seen by its members only', async () => {
  await using place = await aPlace()
  const { server, client } = place
  const thread = server.places.createThread('#general', { name: 'hush', by: 'wren', isPrivate: true })
  await expect(client.rest.get(Routes.channel(thread.id))).rejects.toMatchObject({ code: 50_001 })
  server.people.say('wren', thread.id, '@Aeries come in')
  expect(await client.rest.get(Routes.channel(thread.id))).toMatchObject({
    name: 'hush',
    member: { user_id: server.botId },
  })
})

test('a wrong token is 401, and an unknown route 404 with code 0 that a test can see', async () => {
  await using place = await aPlace()
  const { server, client } = place
  await expect(client.rest.get('/guilds/1/made-up')).rejects.toMatchObject({ status: 404, code: 0 })
  expect(server.unknownCalls).toEqual(['GET /guilds/1/made-up'])
  const response = await fetch(`${server.apiUrl}/v10/users/@me`, { headers: { authorization: 'Bot else' } })
  expect([response.status, await response.json()]).toEqual([401, { message: '401: Unauthorized', code: 0 }])
})
