import type { App, BlockAction } from '@slack/bolt'
import { describe, expect, it } from 'vitest'
import { aHarbour, aSocketApp, aWebClient } from './a-bolt-app.ts'

describe('commands, clicks and forms', () => {
  it('answer a command by its address, five times at most', async () => {
    await using server = await aHarbour()
    const outcomes: unknown[] = []
    await using _app = await aSocketApp(server, app => {
      app.command('/aeries', async ({ ack, respond }) => {
        await ack()
        for (let count = 1; count <= 6; count += 1) {
          await respond(`answer ${count}`).then(
            () => outcomes.push(count),
            error => outcomes.push(error.statusCode),
          )
        }
      })
    })
    const told = await server.interactions.command('mira', '#general', '/aeries', 'me')
    expect(told).toMatchObject({ state: 'acknowledged', payload: { command: '/aeries', text: 'me' } })
    await server.watch.until('#general', one => one.text === 'answer 5')
    await expect.poll(() => outcomes).toEqual([1, 2, 3, 4, 5, 404])
    expect(server.people.messages('#general', 'jonas')).toEqual([])
    expect(server.people.messages('#general', 'mira')).toHaveLength(5)
  })

  it('fail when nobody acknowledges them, and are not told again', async () => {
    await using server = await aHarbour({ rules: { ackMs: 20 } })
    await using _app = await aSocketApp(server, app => app.command('/aeries', async () => undefined))
    const told = await server.interactions.command('mira', 'dm', '/aeries')
    expect([told.state, told.attempts.length]).toEqual(['failed', 1])
  })

  it('press a button of a message and let the answer take its place', async () => {
    await using server = await aHarbour()
    const pressed: unknown[] = []
    await using _app = await aSocketApp(server, app => {
      app.action<BlockAction>('stop', async ({ ack, action, body, respond }) => {
        await ack()
        pressed.push('value' in action && action.value, body.container['message_ts'], body.user.id)
        await respond({ text: 'stopped', replace_original: true })
      })
    })
    const button = {
      type: 'button' as const,
      action_id: 'stop',
      value: 'turn-1',
      text: { type: 'plain_text' as const, text: 'Stop' },
    }
    const { ts = '' } = await aWebClient(server).chat.postMessage({
      channel: server.ids.general,
      text: 'thinking',
      blocks: [{ type: 'actions', elements: [button] }],
    })
    await server.interactions.click('mira', '#general', ts, 'Stop')
    await server.watch.until('#general', one => one.ts === ts && one.text === 'stopped')
    expect(pressed).toEqual(['turn-1', ts, server.ids.mira])
    await expect(server.interactions.click('mira', '#general', ts, 'Stop')).rejects.toThrow('no button')
  })

  it('press native feedback buttons', async () => {
    await using server = await aHarbour()
    const values: unknown[] = []
    await using _app = await aSocketApp(server, app => takeVerdict(app, values))
    const label = (text: string) => ({ type: 'plain_text' as const, text })
    const element = {
      type: 'feedback_buttons' as const,
      action_id: 'verdict',
      positive_button: { text: label('Good'), value: 'up' },
      negative_button: { text: label('Bad'), value: 'down' },
    }
    const { ts = '' } = await aWebClient(server).chat.postMessage({
      channel: server.ids.general,
      text: 'an answer',
      blocks: [{ type: 'context_actions', elements: [element] }],
    })
    await server.interactions.click('wren', '#general', ts, 'Bad')
    await server.interactions.click('mira', '#general', ts, 'up')
    expect(values).toEqual(['down', 'up'])
  })

  it('open a form from a shortcut, and send it', async () => {
    await using server = await aHarbour()
    const said: unknown[] = []
    await using _app = await aSocketApp(server, app => {
      app.shortcut('ask', async ({ ack, client, shortcut }) => {
        await ack()
        await client.views.open({ trigger_id: shortcut.trigger_id, view: form })
      })
      app.view('question', async ({ ack, view }) => {
        await ack()
        said.push(view.state.values['ask']?.['words']?.value)
      })
    })
    const { ts } = server.people.say('jonas', '#general', 'the tide turns at six')
    const opened = server.events.next(event => (event.type === 'view' && event.view.open) || undefined)
    await server.interactions.shortcut('mira', '#general', ts, 'ask')
    await opened
    await server.interactions.submit('mira', { ask: { words: { type: 'plain_text_input', value: 'is that so?' } } })
    expect(said).toEqual(['is that so?'])
    await expect(server.interactions.submit('mira')).rejects.toThrow('no form open')
  })

  it('press a button on the home tab that the app published', async () => {
    await using server = await aHarbour()
    const pressed: unknown[] = []
    await using _app = await aSocketApp(server, app => {
      app.event('app_home_opened', async ({ client, event }) => {
        const button = {
          type: 'button' as const,
          action_id: 'forget',
          text: { type: 'plain_text' as const, text: 'Forget me' },
        }
        const view = { type: 'home' as const, blocks: [{ type: 'actions' as const, elements: [button] }] }
        await client.views.publish({ user_id: event.user, view })
      })
      app.action<BlockAction>('forget', async ({ ack, body }) => {
        await ack()
        pressed.push(body.view?.type)
      })
    })
    const published = server.events.next(event => (event.type === 'view' && event.view.type === 'home') || undefined)
    server.people.openApp('mira', 'home')
    await published
    await server.interactions.clickInView('mira', 'Forget me')
    expect(pressed).toEqual(['home'])
  })

  it('let no trigger open a form twice or late', async () => {
    await using server = await aHarbour({ rules: { triggerMs: -1 } })
    const client = aWebClient(server)
    void server.interactions.command('mira', 'dm', '/aeries')
    const trigger = String(server.deliveries.all()[0]?.payload['trigger_id'])
    const open = async () =>
      await client.views.open({ trigger_id: trigger, view: form }).catch(error => error.data.error)
    expect([await open(), await open()]).toEqual(['expired_trigger_id', 'invalid_trigger_id'])
  })
})

const form = {
  type: 'modal' as const,
  callback_id: 'question',
  title: { type: 'plain_text' as const, text: 'Ask' },
  blocks: [],
}

function takeVerdict(app: App, values: unknown[]): void {
  app.action<BlockAction>('verdict', async ({ ack, action }) => {
    await ack()
    values.push('value' in action && action.value)
  })
}
