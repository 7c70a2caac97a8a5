import { describe, expect, onTestFinished, test } from 'vitest'
import { createDiscordServer } from '#playground/discord-server/discord-server.ts'
import { buildHarbour } from '#playground/discord-server/harbour.ts'
import { editMessage } from '#playground/discord-server/world/edit-message.ts'
import { postMessage } from '#playground/discord-server/world/post-message.ts'
import { startTyping } from '#playground/discord-server/world/typing.ts'
import { discordReporter } from '#playground/terminal/discord-reporter.ts'
import { Ledger } from '#playground/terminal/ledger.ts'
import { Transcript } from '#playground/terminal/transcript.ts'
import { SheetOfPaper } from './sheet-of-paper.ts'

describe('Transcript', () => {
  test('gives two answers that grow at the same time a block each', async () => {
    const { aeries, people, harbour, paper, finish } = await aTranscript()
    const asked = people.say('mira', '#general', '@Aeries owls?')
    const first = aeries.say(harbour.general, 'Owls', asked.id)
    const second = aeries.say(harbour.general, 'Foxes', people.say('jonas', '#general', '@Aeries foxes?').id)
    aeries.edit(first, 'Owls\nfly at night')
    aeries.edit(second, 'Foxes\nrun')
    expect(paper.drafts.map(line => line.slice(26))).toEqual(['fly at night▌', 'run▌'])
    aeries.edit(first, 'Owls\nfly at night.')
    finish()
    expect(paper.lines).toEqual([
      '#general           Mira │ @Aeries owls?',
      '#general          Jonas │ @Aeries foxes?',
      '#general         Aeries │ ↳ Mira: “@Aeries owls?”',
      '                        │ Owls',
      '                        │ fly at night.',
      '#general         Aeries │ ↳ Jonas: “@Aeries foxes?”',
      '                        │ Foxes',
      '                        │ run',
    ])
  })

  test('says so when a message is rewritten, edited, deleted, or reacted to', async () => {
    const { aeries, people, paper, finish } = await aTranscript()
    const said = people.say('mira', 'dm', 'hello')
    const answer = aeries.say(said.channelId, 'Good\nmorning')
    aeries.edit(answer, 'Good evening')
    people.edit('mira', said.id, 'hello again')
    people.react('mira', answer, '👍')
    people.unreact('mira', answer, '👍')
    people.delete('mira', said.id)
    finish()
    expect(paper.lines).toEqual([
      'dm mira            Mira │ hello',
      'dm mira          Aeries │ Good',
      '                        │ (edited)',
      'dm mira            Mira │ (edited)',
      '                        │ hello again',
      'dm mira            Mira │ reacts with 👍 to “Good evening”',
      'dm mira            Mira │ takes back 👍 from “Good evening”',
      'dm mira            Mira │ deleted: “hello again”',
      'dm mira          Aeries │ Good evening',
    ])
  })

  test('shows typing until the first word, and says it once where nothing can change', async () => {
    const { aeries, people, harbour, paper } = await aTranscript()
    const { channelId } = people.say('wren', 'dm', 'hello')
    aeries.type(channelId)
    expect(paper.drafts).toEqual(['dm wren          Aeries │ is typing…'])
    aeries.say(channelId, 'Hello')
    expect(paper.drafts).toEqual(['dm wren          Aeries │ Hello▌'])
    paper.isLive = false
    aeries.type(harbour.random)
    aeries.type(harbour.random)
    expect(paper.lines.filter(line => line.includes('typing'))).toEqual(['#random          Aeries │ is typing…'])
  })

  test('keeps an answer one block although typing comes after its first words', async () => {
    const { aeries, people, paper, finish } = await aTranscript()
    paper.isLive = false
    const { channelId } = people.say('wren', 'dm', 'hello')
    const answer = aeries.say(channelId, 'Good\nmor')
    aeries.type(channelId)
    aeries.edit(answer, 'Good\nmorning')
    finish()
    expect(paper.lines).toEqual([
      'dm wren            Wren │ hello',
      'dm wren          Aeries │ Good',
      '                        │ morning',
    ])
  })
})

async function aTranscript() {
  const discord = await createDiscordServer()
  const harbour = buildHarbour(discord)
  const { world, botId, people } = discord
  const paper = new SheetOfPaper()
  const ledger = new Ledger(paper, (_, text) => text)
  const transcript = new Transcript({
    ledger,
    paper,
    isFinished: () => false,
    reporters: [discordReporter(discord)],
  })
  const finish = () => transcript[Symbol.dispose]()
  onTestFinished(async () => {
    finish()
    await discord[Symbol.asyncDispose]()
  })
  const aeries = {
    say: (channelId: string, content: string, replyTo?: string) =>
      postMessage(world, {
        authorId: botId,
        channelId,
        content,
        replyTo: replyTo === undefined ? undefined : { messageId: replyTo, failIfMissing: true },
      }).message.id,
    edit: (messageId: string, content: string) =>
      editMessage(world, botId, { channelId: people.message(messageId).channelId, messageId }, { content }),
    type: (channelId: string) => startTyping(world, botId, channelId),
  }
  return { aeries, people, harbour, paper, finish }
}
