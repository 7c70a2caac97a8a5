import { once } from 'node:events'
import {
  type ButtonInteraction,
  ButtonStyle,
  ComponentType,
  Events,
  type Interaction,
  MessageFlags,
  Routes,
} from 'discord.js'
import { expect, test } from 'vitest'
import { patience } from '#test/support/patience.ts'
import { type AServer, aClient, aServer } from './a-client.ts'

const components = [
  {
    type: ComponentType.ActionRow,
    components: [
      { type: ComponentType.Button, style: ButtonStyle.Secondary, custom_id: 'stop', label: 'Stop' },
      { type: ComponentType.Button, style: ButtonStyle.Secondary, custom_id: 'old', label: 'Old', disabled: true },
    ],
  },
]

type Client = Awaited<ReturnType<typeof aClient>>

async function anAnswerWithButtons(server: AServer, client: Client, place = 'dm:mira') {
  const channel = place === 'dm:mira' ? server.places.openDm('mira').id : server.ids.general
  const body = { content: 'a long answer', components }
  const { id } = (await client.rest.post(Routes.channelMessages(channel), { body })) as { id: string }
  return id
}

async function aClick(server: AServer, client: Client, messageId: string) {
  const raised = once(client, Events.InteractionCreate) as Promise<[Interaction]>
  const clicked = server.people.click('mira', messageId, 'Stop')
  const [interaction] = await raised
  if (!interaction.isButton()) throw new Error('no button')
  return { clicked, interaction: interaction as ButtonInteraction }
}

test('a click reaches the client with its message, in a DM and in a guild', async () => {
  await using server = await aServer()
  await using client = await aClient(server)
  const { interaction } = await aClick(server, client, await anAnswerWithButtons(server, client))
  expect(interaction).toMatchObject({ customId: 'stop', guildId: null, user: { username: 'mira' } })
  expect(interaction.message.content).toBe('a long answer')
  const inGuild = await aClick(server, client, await anAnswerWithButtons(server, client, 'general'))
  expect(inGuild.interaction).toMatchObject({ guildId: server.ids.guild, channelId: server.ids.general })
  expect(inGuild.interaction.memberPermissions?.has('SendMessages')).toBe(true)
})

test('a private answer is seen by the person who clicked and by nobody else', async () => {
  await using server = await aServer()
  await using client = await aClient(server)
  const { clicked, interaction } = await aClick(server, client, await anAnswerWithButtons(server, client, 'general'))
  const answered = server.watch.answered(clicked.id, patience())
  await interaction.reply({ content: 'Stopped.', flags: MessageFlags.Ephemeral })
  expect(await answered).toMatchObject({ state: 'acknowledged' })
  const seen = (as: string) => server.people.messages('#general', as).map(one => one.content)
  expect(seen('mira')).toEqual(['a long answer', 'Stopped.'])
  expect(seen('wren')).toEqual(['a long answer'])
  await interaction.editReply('Stopped for good.')
  expect(seen('mira').at(-1)).toBe('Stopped for good.')
  await interaction.deleteReply()
  expect(seen('mira')).toEqual(['a long answer'])
  expect(server.unknownCalls).toEqual([])
})

test('a deferred answer takes its words from the edit, a follow-up comes after it', async () => {
  await using server = await aServer()
  await using client = await aClient(server)
  const { interaction } = await aClick(server, client, await anAnswerWithButtons(server, client))
  await interaction.deferReply()
  const [, placeholder] = server.people.messages('dm:mira')
  expect(placeholder).toMatchObject({ content: '', flags: MessageFlags.Loading })
  await interaction.editReply('Here it is.')
  await interaction.followUp('And more.')
  expect(server.people.messages('dm:mira').map(one => [one.content, one.flags])).toEqual([
    ['a long answer', 0],
    ['Here it is.', 0],
    ['And more.', 0],
  ])
})

test('an update changes the message that carries the button', async () => {
  await using server = await aServer()
  await using client = await aClient(server)
  const id = await anAnswerWithButtons(server, client)
  const { interaction } = await aClick(server, client, id)
  await interaction.update({ content: 'a short answer', components: [] })
  expect(server.people.message(id)).toMatchObject({ content: 'a short answer', components: [] })
  expect(() => server.people.click('mira', id, 'stop')).toThrow(/no button/)
})

test('an interaction is answered once and in time, or it has failed', async () => {
  await using server = await aServer({ rules: { interactionAckMs: 30 } })
  await using client = await aClient(server)
  const id = await anAnswerWithButtons(server, client)
  const late = await aClick(server, client, id)
  expect(await server.watch.answered(late.clicked.id, patience())).toMatchObject({ state: 'failed' })
  await expect(late.interaction.reply('too late')).rejects.toMatchObject({ code: 10_062 })
  server.rules.interactionAckMs = 3_000
  const { interaction } = await aClick(server, client, id)
  await interaction.deferUpdate()
  const again = client.rest.post(Routes.interactionCallback(interaction.id, interaction.token), {
    body: { type: 6 },
    auth: false,
  })
  await expect(again).rejects.toMatchObject({ code: 40_060 })
})

test('an interaction’s token ends after its time', async () => {
  let time = Date.now()
  await using server = await aServer({ now: () => time })
  await using client = await aClient(server)
  const { interaction } = await aClick(server, client, await anAnswerWithButtons(server, client))
  await interaction.deferReply()
  time += 900_001
  await expect(interaction.editReply('at last')).rejects.toMatchObject({ code: 50_027 })
})

test('buttons keep to Discord’s form', async () => {
  await using server = await aServer()
  await using client = await aClient(server)
  const send = (custom_id: string, label: string, count = 1) => {
    const button = { type: 2, style: 2, label }
    const row = Array.from({ length: count }, (_, at) => ({ ...button, custom_id: custom_id && `${custom_id}${at}` }))
    const body = { content: 'x', components: [{ type: 1, components: row }] }
    return client.rest.post(Routes.channelMessages(server.ids.general), { body })
  }
  await expect(send('', 'empty')).rejects.toMatchObject({ code: 50_035 })
  await expect(send('x'.repeat(100), 'long')).rejects.toMatchObject({ code: 50_035 })
  await expect(send('ok', 'l'.repeat(81))).rejects.toMatchObject({ code: 50_035 })
  await expect(send('ok', 'six', 6)).rejects.toMatchObject({ code: 50_035 })
  expect(await send('ok', 'five', 5)).toMatchObject({ content: 'x' })
})

test('buttons stand in at most five rows of one to five, each with a style, a face and an id', async () => {
  await using server = await aServer()
  await using client = await aClient(server)
  const button = { type: ComponentType.Button, style: ButtonStyle.Secondary, custom_id: 'a', label: 'A' }
  const row = (...parts: object[]) => ({ type: ComponentType.ActionRow, components: parts })
  const buttons = (count: number, from = 0) =>
    Array.from({ length: count }, (_, at) => ({ ...button, custom_id: `a${from + at}` }))
  const send = (rows: readonly object[]) =>
    client.rest.post(Routes.channelMessages(server.ids.general), { body: { content: 'x', components: rows } })
  const { label: _, ...faceless } = button
  const { custom_id: __, ...nameless } = button
  for (const [path, rows] of [
    ['components', Array.from({ length: 6 }, (_row, at) => row(...buttons(1, at)))],
    ['components.0.components', [row(...buttons(6))]],
    ['components.0.components', [row()]],
    ['components.0.type', [button]],
    ['components.0.components.0.style', [row({ ...button, style: undefined })]],
    ['components.0.components.0.label', [row(faceless)]],
    ['components.0.components.0.custom_id', [row(nameless)]],
    ['components.0.components.1.custom_id', [row(button, button)]],
  ] as const) {
    const [first, ...inner] = path.split('.')
    const fault = inner.reduceRight<unknown>((leaf, key) => ({ [key]: leaf }), { _errors: expect.any(Array) })
    await expect(send(rows)).rejects.toMatchObject({ code: 50_035, rawError: { errors: { [String(first)]: fault } } })
  }
  await send(Array.from({ length: 5 }, (_row, at) => row(...buttons(5, 5 * at))))
})
