import { once } from 'node:events'
import { Events, Routes } from 'discord.js'
import { expect, test } from 'vitest'
import { aClient, aServer } from './a-client.ts'

test('a reaction in a guild carries the member and the author of the message', async () => {
  await using server = await aServer()
  await using client = await aClient(server)
  const { id } = (await client.rest.post(Routes.channelMessages(server.ids.general), {
    body: { content: 'done' },
  })) as { id: string }
  const raw = once(client.ws, 'MESSAGE_REACTION_ADD' as never)
  server.people.react('wren', id, '👍')
  expect((await raw)[0]).toMatchObject({
    user_id: server.ids.wren,
    message_author_id: server.botId,
    guild_id: server.ids.guild,
    emoji: { id: null, name: '👍' },
    member: { user: { username: 'wren' } },
  })
})

test('a reaction in a DM says nothing of the kind of channel, so an uncached one is dropped by the client', async () => {
  await using server = await aServer()
  const said = server.people.say('mira', 'dm', 'hello')
  await using client = await aClient(server)
  const cooked: unknown[] = []
  client.on(Events.MessageReactionAdd, one => cooked.push(one))
  const raw = once(client.ws, 'MESSAGE_REACTION_ADD' as never)
  server.people.react('mira', said.id, '👎')
  const [payload] = await raw
  expect(payload).toMatchObject({ user_id: server.ids.mira, message_id: said.id })
  expect(payload).not.toHaveProperty('guild_id')
  expect(payload).not.toHaveProperty('channel_type')
  await client.channels.fetch(said.channelId)
  const seen = once(client, Events.MessageReactionAdd)
  server.people.react('mira', said.id, '🛑')
  await seen
  expect(cooked).toHaveLength(1)
})

test('adding twice tells once, taking back tells, and clearing tells', async () => {
  await using server = await aServer()
  await using client = await aClient(server)
  const told: string[] = []
  for (const name of ['ADD', 'REMOVE', 'REMOVE_ALL'])
    client.ws.on(`MESSAGE_REACTION_${name}` as never, () => told.push(name))
  const { id } = server.people.say('mira', '#general', 'vote')
  server.people.react('wren', id, '✅')
  server.people.react('wren', id, '✅')
  server.people.unreact('wren', id, '✅')
  server.people.unreact('wren', id, '✅')
  const path = Routes.channelMessageOwnReaction(server.ids.general, id, encodeURIComponent('🔁'))
  await client.rest.put(path)
  expect(server.people.message(id).reactions).toEqual([{ emoji: { id: null, name: '🔁' }, personIds: [server.botId] }])
  await client.rest.delete(path)
  await expect.poll(() => told).toEqual(['ADD', 'REMOVE', 'ADD', 'REMOVE'])
})

test('twenty kinds are the most, and what is no emoji is refused', async () => {
  await using server = await aServer()
  await using client = await aClient(server)
  const { id } = server.people.say('mira', '#general', 'vote')
  const kinds = Array.from({ length: 20 }, (_, at) => String.fromCodePoint(0x1f400 + at))
  for (const kind of kinds) server.people.react('wren', id, kind)
  const put = (emoji: string) =>
    client.rest.put(Routes.channelMessageOwnReaction(server.ids.general, id, encodeURIComponent(emoji)))
  await expect(put('🌊')).rejects.toMatchObject({ code: 30_010 })
  await expect(put('wave')).rejects.toMatchObject({ code: 10_014 })
  await put(kinds[0] ?? '')
})
