import { AllowedMentionsTypes, type APIAllowedMentions, MessageFlags, Routes } from 'discord.js'
import { expect, test } from 'vitest'
import { aClient, aServer } from './a-client.ts'

async function aPlace() {
  const server = await aServer()
  const client = await aClient(server)
  const { id: roleId } = server.scene.createRole({ name: 'pilots', mentionable: true })
  server.scene.setRoles('wren', ['pilots'])
  const names = new Map([...server.world.people.values()].map(one => [one.id, one.name]))
  const text = `<@${server.ids.jonas}> <@&${roleId}> @everyone`
  const path = Routes.channelMessages(server.ids.general)
  const rung = (id: string) => {
    const pings = server.people.message(id).versions.at(-1)?.pings
    return { people: (pings?.personIds ?? []).map(one => names.get(one)).toSorted(), silent: pings?.silent }
  }
  const send = async (body: object) => {
    const sent = (await client.rest.post(path, { body })) as { id: string }
    return { ...rung(sent.id), sent }
  }
  const dispose = async () => {
    await client.destroy()
    await server[Symbol.asyncDispose]()
  }
  return { server, client, send, rung, text, path, roleId, [Symbol.asyncDispose]: dispose }
}

test('without allowed_mentions everything that is written rings, and with an empty list nothing', async () => {
  await using place = await aPlace()
  const all = await place.send({ content: place.text })
  expect(all.people).toEqual(['jonas', 'mira', 'wren'])
  expect(all.sent).toMatchObject({ mention_everyone: true, mention_roles: [place.roleId] })
  const none = await place.send({ content: place.text, allowed_mentions: { parse: [] } })
  expect(none.people).toEqual([])
  expect(none.sent).toMatchObject({ mention_everyone: false, mention_roles: [], mentions: [] })
})

test('kinds and single ids can be allowed, not both for one kind', async () => {
  await using place = await aPlace()
  const send = (allowed_mentions: APIAllowedMentions) => place.send({ content: place.text, allowed_mentions })
  expect((await send({ parse: [AllowedMentionsTypes.User] })).people).toEqual(['jonas'])
  expect((await send({ parse: [AllowedMentionsTypes.Role] })).people).toEqual(['wren'])
  expect((await send({ users: [place.server.ids.jonas, place.server.ids.mira] })).people).toEqual(['jonas'])
  const both = send({ parse: [AllowedMentionsTypes.User], users: [place.server.ids.jonas] })
  await expect(both).rejects.toMatchObject({ code: 50_035 })
})

test('an edit without allowed_mentions is parsed with default allowances, though it sends no notification', async () => {
  await using place = await aPlace()
  const { sent } = await place.send({ content: 'quiet', allowed_mentions: { parse: [] } })
  const path = Routes.channelMessage(place.server.ids.general, sent.id)
  await place.client.rest.patch(path, { body: { content: place.text } })
  expect(place.rung(sent.id)).toEqual({ people: ['jonas', 'mira', 'wren'], silent: true })
  await place.client.rest.patch(path, { body: { content: place.text, allowed_mentions: { parse: [] } } })
  expect(place.rung(sent.id).people).toEqual([])
})

test('a reply rings for its addressee unless replied_user is off, and silently under SUPPRESS_NOTIFICATIONS', async () => {
  await using place = await aPlace()
  const question = place.server.people.say('mira', '#general', 'where?')
  const reply = { content: 'there', message_reference: { message_id: question.id } }
  expect(await place.send(reply)).toMatchObject({ people: ['mira'], silent: false })
  expect(await place.send({ ...reply, allowed_mentions: { parse: [] } })).toMatchObject({ people: [] })
  const loud = {
    ...reply,
    allowed_mentions: { parse: [], replied_user: true },
    flags: MessageFlags.SuppressNotifications,
  }
  expect(await place.send(loud)).toMatchObject({ people: ['mira'], silent: true })
})

test('mentions in code ring for nobody, and everyone only for those who may', async () => {
  await using place = await aPlace()
  const { server } = place
  expect((await place.send({ content: `\`${place.text}\`` })).people).toEqual([])
  server.places.deny('#general', '@everyone', ['mentionEveryone'])
  expect((await place.send({ content: '@everyone' })).people).toEqual([])
})
