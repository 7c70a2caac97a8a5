import { once } from 'node:events'
import { Events, type Message, MessageFlags, MessageReferenceType, Routes } from 'discord.js'
import { expect, test } from 'vitest'
import { patience } from '#test/support/patience.ts'
import { aClient, aServer } from './a-client.ts'

test('a real client logs in and finds the guild, the channels and itself', async () => {
  await using server = await aServer()
  await using client = await aClient(server)
  expect(client.user?.id).toBe(server.botId)
  const guild = client.guilds.cache.get(server.ids.guild)
  expect(guild?.name).toBe('Harbour')
  expect(guild?.channels.cache.map(one => one.name)).toEqual(['general', 'random', 'crew'])
  expect(guild?.members.me?.permissionsIn(server.ids.crew).has('ViewChannel')).toBe(true)
  expect(server.unknownCalls).toEqual([])
})

test('a DM reaches the bot in full, and its answer grows in place', async () => {
  await using server = await aServer()
  await using client = await aClient(server)
  const heard = once(client, Events.MessageCreate)
  server.people.say('mira', 'dm', 'hello there')
  const [message] = (await heard) as [Message]
  expect(message).toMatchObject({ content: 'hello there', guildId: null, author: { username: 'mira', bot: false } })
  const written = server.watch.nextMessage('dm:mira', one => one.authorId === server.botId, patience())
  const { id } = (await client.rest.post(Routes.channelMessages(message.channelId), {
    body: { content: 'Hi' },
  })) as Message
  await client.rest.patch(Routes.channelMessage(message.channelId, id), { body: { content: 'Hi Mira' } })
  await written
  const answer = server.people.message(id)
  expect(answer.content).toBe('Hi Mira')
  expect(answer.versions.map(one => one.content)).toEqual(['Hi', 'Hi Mira'])
  expect(answer.editedAt).toBeTypeOf('number')
})

test('a mention typed by name reaches the bot as a mention, with guild and member', async () => {
  await using server = await aServer()
  await using client = await aClient(server)
  const heard = once(client, Events.MessageCreate)
  server.people.say('jonas', '#general', '@Aeries what is a quay? ask @mira in #random')
  const [message] = (await heard) as [Message]
  const { ids, botId } = server
  expect(message.content).toBe(`<@${botId}> what is a quay? ask <@${ids.mira}> in <#${ids.random}>`)
  expect(message.mentions.users.map(one => one.id)).toEqual([botId, ids.mira])
  expect(message.guildId).toBe(ids.guild)
  expect(message.member?.user.username).toBe('jonas')
})

test('a reply carries the message that it answers', async () => {
  await using server = await aServer()
  await using client = await aClient(server)
  const first = server.people.say('wren', '#general', 'who has the key?')
  const sent = (await client.rest.post(Routes.channelMessages(server.ids.general), {
    body: { content: 'Mira has.', message_reference: { message_id: first.id } },
  })) as { referenced_message: { content: string }; type: number }
  expect(sent).toMatchObject({ type: 19, referenced_message: { content: 'who has the key?' } })
  const heard = once(client, Events.MessageCreate)
  server.people.say('wren', '#general', 'thanks', { replyTo: server.people.messages('#general').at(-1)?.id })
  const [thanks] = (await heard) as [Message]
  expect(thanks.mentions.repliedUser?.id).toBe(server.botId)
  expect(await thanks.fetchReference()).toMatchObject({ content: 'Mira has.' })
})

test('a reply to a message that is gone is refused, or said plainly where the sender does not mind', async () => {
  await using server = await aServer()
  await using client = await aClient(server)
  const gone = server.people.say('wren', '#general', 'never mind')
  server.people.delete('wren', gone.id)
  const send = (fail: boolean) =>
    client.rest.post(Routes.channelMessages(server.ids.general), {
      body: { content: 'x', message_reference: { message_id: gone.id, fail_if_not_exists: fail } },
    })
  await expect(send(true)).rejects.toMatchObject({ code: 50_035, status: 400 })
  expect(await send(false)).toMatchObject({ type: 0, content: 'x' })
})

test('a forward carries a copy that names no author and does not change', async () => {
  await using server = await aServer()
  await using client = await aClient(server)
  const first = once(client, Events.MessageCreate)
  const original = server.people.say('wren', '#general', 'low tide at six')
  await first
  const heard = once(client, Events.MessageCreate)
  server.people.say('mira', 'dm', '', { forward: original.id })
  const [message] = (await heard) as [Message]
  expect(message.content).toBe('')
  expect(message.reference?.type).toBe(MessageReferenceType.Forward)
  expect(message.messageSnapshots.map(one => one.content)).toEqual(['low tide at six'])
  server.people.edit('wren', original.id, 'low tide at seven')
  const fetched = await message.channel.messages.fetch({ message: message.id, force: true })
  expect(fetched.messageSnapshots.first()?.content).toBe('low tide at six')
})

test('content is trimmed at both ends, and nothing but blanks is refused', async () => {
  await using server = await aServer()
  await using client = await aClient(server)
  const path = Routes.channelMessages(server.ids.general)
  expect(await client.rest.post(path, { body: { content: '\n  kept  inside \n' } })).toMatchObject({
    content: 'kept  inside',
  })
  await expect(client.rest.post(path, { body: { content: ' \n ' } })).rejects.toMatchObject({ code: 50_006 })
})

test('2,000 is the limit, in UTF-16 units or, when set so, in code points', async () => {
  await using server = await aServer()
  await using client = await aClient(server)
  const path = Routes.channelMessages(server.ids.general)
  const send = (content: string) => client.rest.post(path, { body: { content } })
  await expect(send('x'.repeat(2_001))).rejects.toMatchObject({ code: 50_035 })
  await expect(send('🌊'.repeat(1_001))).rejects.toMatchObject({ code: 50_035 })
  server.rules.countBy = 'code-points'
  expect(await send('🌊'.repeat(2_000))).toMatchObject({ content: '🌊'.repeat(2_000) })
  await expect(send('🌊'.repeat(2_001))).rejects.toMatchObject({ code: 50_035, rawError: { errors: { content: {} } } })
})

test('a nonce that is enforced gives the first message again until it is forgotten', async () => {
  let time = Date.now()
  await using server = await aServer({ now: () => time })
  await using client = await aClient(server)
  const own = once(client, Events.MessageCreate)
  const body = { content: 'once', nonce: 'turn-1-part-1', enforce_nonce: true }
  const send = () => client.rest.post(Routes.channelMessages(server.ids.general), { body }) as Promise<{ id: string }>
  const first = await send()
  expect((await own)[0]).toMatchObject({ nonce: 'turn-1-part-1' })
  expect((await send()).id).toBe(first.id)
  expect(server.log.map(one => one.repeated).filter(Boolean)).toEqual([true])
  time += server.rules.nonceMemoryMs + 1
  expect((await send()).id).not.toBe(first.id)
  expect(server.people.messages('#general')).toHaveLength(2)
  const long = client.rest.post(Routes.channelMessages(server.ids.general), {
    body: { content: 'x', nonce: 'n'.repeat(26) },
  })
  await expect(long).rejects.toMatchObject({ code: 50_035 })
  // What is read later has no nonce: Discord does not keep it.
  expect(await client.rest.get(Routes.channelMessage(server.ids.general, first.id))).not.toHaveProperty('nonce')
})

test('messages are paged by before, after and around, newest first', async () => {
  await using server = await aServer()
  await using client = await aClient(server)
  const said = ['a', 'b', 'c', 'd', 'e'].map(text => server.people.say('wren', '#random', text))
  const page = async (query: Record<string, string>) => {
    const path = Routes.channelMessages(server.ids.random)
    const found = (await client.rest.get(path, { query: new URLSearchParams(query) })) as { content: string }[]
    return found.map(one => one.content).join('')
  }
  const c = said[2]?.id ?? ''
  expect(await page({ limit: '2' })).toBe('ed')
  expect(await page({ before: c })).toBe('ba')
  expect(await page({ after: c, limit: '1' })).toBe('d')
  expect(await page({ around: c, limit: '3' })).toBe('dcb')
  const past = server.people.say('wren', '#random', 'long ago', { at: Date.now() - 3_600_000 })
  expect(await page({ before: said[0]?.id ?? '' })).toBe('long ago')
  expect(Number(past.createdAt)).toBeLessThan(Date.now() - 3_000_000)
})

test('edits and deletions of people reach the client, bulk ones at once', async () => {
  await using server = await aServer()
  await using client = await aClient(server)
  const said = ['one', 'two', 'three'].map(text => server.people.say('mira', '#general', text))
  const [first, second, third] = said.map(one => one.id)
  const edited = once(client, Events.MessageUpdate)
  server.people.edit('mira', first ?? '', 'uno')
  expect((await edited)[1]).toMatchObject({ id: first, content: 'uno' })
  const deleted = once(client, Events.MessageDelete)
  server.people.delete('mira', first ?? '')
  expect((await deleted)[0]).toMatchObject({ id: first })
  const bulk = once(client, Events.MessageBulkDelete)
  // Mira owns the guild and so may do what a moderator may.
  server.people.bulkDelete('mira', '#general', [second ?? '', third ?? ''])
  expect([...(await bulk)[0].keys()]).toEqual([second, third])
  expect(server.people.messages('#general')).toEqual([])
})

test('flags are kept, and only an open link without SUPPRESS_EMBEDS would unfurl', async () => {
  await using server = await aServer()
  await using client = await aClient(server)
  const path = Routes.channelMessages(server.ids.general)
  const send = async (content: string, flags = 0) => {
    const { id } = (await client.rest.post(path, { body: { content, flags } })) as { id: string }
    return server.people.message(id)
  }
  const open = await send('see https://example.org/a?b=c.')
  expect(open.versions[0]?.unfurls).toEqual(['https://example.org/a?b=c'])
  const shut = await send('see <https://example.org/a> and `https://example.org/b`')
  expect(shut.versions[0]?.unfurls).toEqual([])
  const flagged = await send('https://example.org', MessageFlags.SuppressEmbeds | MessageFlags.SuppressNotifications)
  expect(flagged.versions[0]?.unfurls).toEqual([])
  expect(flagged.flags).toBe(MessageFlags.SuppressEmbeds | MessageFlags.SuppressNotifications)
  await client.rest.patch(Routes.channelMessage(server.ids.general, flagged.id), {
    body: { content: 'https://example.org', flags: 0 },
  })
  expect(server.people.message(flagged.id).versions.at(-1)?.unfurls).toEqual(['https://example.org'])
})

test('uploaded files are stored and served', async () => {
  await using server = await aServer()
  await using client = await aClient(server)
  const channel = await client.channels.fetch(server.ids.general)
  if (!channel?.isSendable()) throw new Error('cannot send')
  const sent = await channel.send({
    content: 'the rest',
    files: [{ attachment: Buffer.from('# Rest'), name: 'rest.md' }],
  })
  const file = sent.attachments.first()
  expect(file).toMatchObject({ name: 'rest.md', size: 6 })
  expect(await (await fetch(file?.url ?? '')).text()).toBe('# Rest')
})

test('the bot passes a message on, but not one from where it cannot look', async () => {
  await using server = await aServer()
  await using client = await aClient(server)
  const { id } = server.people.say('mira', '#crew', 'secret knot')
  const forward = () => {
    const pointer = { type: MessageReferenceType.Forward, channel_id: server.ids.crew, message_id: id }
    return client.rest.post(Routes.channelMessages(server.ids.general), { body: { message_reference: pointer } })
  }
  expect(await forward()).toMatchObject({ content: '', message_snapshots: [{ message: { content: 'secret knot' } }] })
  server.places.setVisibility('#crew', ['mira'])
  await expect(forward()).rejects.toMatchObject({ code: 50_001 })
})

test('the preview of a link and a repeated event come as Discord sends them', async () => {
  await using server = await aServer()
  await using client = await aClient(server)
  const created: Message[] = []
  client.on(Events.MessageCreate, one => created.push(one))
  const updated = once(client, Events.MessageUpdate)
  const { id } = server.people.say('mira', 'dm', 'look: https://example.org')
  server.people.unfurl(id)
  expect((await updated)[1]).toMatchObject({ id, editedTimestamp: null, embeds: [{ url: 'https://example.org' }] })
  const raw = once(client.ws, 'MESSAGE_CREATE' as never)
  server.people.redeliver(id)
  expect((await raw)[0]).toMatchObject({ id })
  // discord.js passes a repeat of a cached message over.
  expect(created).toHaveLength(1)
})
