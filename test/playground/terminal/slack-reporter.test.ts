import { expect, onTestFinished, test } from 'vitest'
import { buildHarbour } from '#playground/slack-server/harbour.ts'
import { createSlackServer } from '#playground/slack-server/slack-server.ts'
import { editMessage } from '#playground/slack-server/world/post-message.ts'
import { Ledger } from '#playground/terminal/ledger.ts'
import { slackReporter } from '#playground/terminal/slack-reporter.ts'
import { Transcript } from '#playground/terminal/transcript.ts'
import { SheetOfPaper } from './sheet-of-paper.ts'

test('tells of Slack as people read it: places, names, a stream that grows, edits and reactions', async () => {
  const { slack, harbour, paper, finish } = await aSlackTranscript()
  const { world, people, streams } = slack
  const said = people.say('mira', '#general', '@Aeries is 1 < 2? See #random & https://a.example/')
  const bot = { botId: 'B1', botUserId: harbour.botUser, recipientId: harbour.mira }
  const channel = world.channels.get(harbour.general)
  if (channel === undefined) throw new Error('There is no #general')
  const begun = streams.start({ channel, threadTs: said.ts, text: 'Yes, **it', ...bot })
  expect(paper.drafts).toEqual(['slack › general  Aeries │ Yes, **it▌'])
  const grown = streams.append(begun, ' is**.\nAlways')
  streams.stop(grown, ' so.', {})
  people.edit('mira', harbour.general, said.ts, 'never mind')
  people.react('mira', harbour.general, begun.ts, 'thumbsup')
  people.say('jonas', 'dm', 'hello')
  editMessage(world, channel, people.message(harbour.general, begun.ts), { text: 'No', markdown: 'No' })
  finish()
  expect(paper.lines).toEqual([
    'slack #general     Mira │ @Aeries is 1 < 2? See #random & https://a.example/',
    'slack › general  Aeries │ ↳ Mira: “@Aeries is 1 < 2? See #random & https:/…”',
    '                        │ Yes, **it is**.',
    'slack #general     Mira │ (edited)',
    '                        │ never mind',
    'slack › general    Mira │ reacts with :thumbsup: to “Yes, **it is**. Always so.”',
    'slack dm jonas    Jonas │ hello',
    'slack › general  Aeries │ (edited)',
    '                        │ No',
  ])
})

test('shows a status until Slack takes it away', async () => {
  const { slack, harbour, paper } = await aSlackTranscript()
  const { ts: threadTs } = slack.people.say('mira', '#general', '@Aeries hello')
  const status = { type: 'status', channelId: harbour.general, threadTs, loading: [] } as const
  slack.events.emit({ ...status, status: 'is thinking…' })
  expect(paper.drafts).toEqual(['slack › general  Aeries │ is thinking…'])
  slack.events.emit({ ...status, status: '' })
  expect(paper.drafts).toEqual([])
})

async function aSlackTranscript() {
  const slack = await createSlackServer()
  const harbour = buildHarbour(slack)
  const paper = new SheetOfPaper()
  const ledger = new Ledger(paper, (_, text) => text)
  const reporters = [slackReporter(slack)]
  const transcript = new Transcript({ ledger, paper, isFinished: () => false, reporters })
  const finish = () => transcript[Symbol.dispose]()
  onTestFinished(async () => {
    finish()
    await slack[Symbol.asyncDispose]()
  })
  return { slack, harbour, paper, finish }
}
