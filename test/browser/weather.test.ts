import { beforeEach, describe, expect, test } from 'vitest'
import type { ADesk, Platform } from './a-desk.ts'
import { aHouse } from './a-house.ts'

const house = aHouse()
let me: ADesk

const resting = 'Aeries is resting. Try again in a moment.'
const running = 'Aeries is running'

beforeEach(async () => {
  me = await house.desk()
})

describe('the weather', () => {
  test('takes the model away: people read that Aeries is resting, and the notice becomes the answer', async () => {
    await me.weather(panel => panel.getByRole('radio', { name: 'Down' }).check())
    await me.say('discord', 'what about kite42?')
    await me.answer('discord', resting).waitFor()
    await me.picture('resting')
    await me.weather(panel => panel.getByRole('radio', { name: 'Up' }).check())
    await me.answer('discord', 'kite42').waitFor()
    expect(await me.answer('discord', resting).count()).toBe(0)
  })

  test('cuts an answer off in the middle, which keeps its words and says so', async () => {
    await me.weather(panel => panel.getByRole('button', { name: 'Cut the next answer off' }).click())
    await me.say('discord', 'tell me a story about gull17')
    await me
      .answer('discord', /Here is a story/)
      .locator('.rich-small')
      .filter({ hasText: /cut|broke/i })
      .waitFor()
  })

  test('slows the model down: words are seen inside before they are seen outside, and a person ends the answer', async () => {
    await me.weather(panel => panel.getByRole('radio', { name: 'Slow' }).check())
    await me.say('discord', 'tell me a story about tern23')
    const panel = await me.inside('Live')
    await panel.getByText('growing').waitFor()
    await panel.locator('.grown mark').filter({ hasText: /\w/ }).waitFor()
    await me.weather(weather => weather.getByRole('radio', { name: 'Up' }).check())
    await react('discord', 'tern23', 'octagonal sign')
    await panel.getByText('growing').waitFor({ state: 'detached' })
    expect(await me.answer('discord', 'tern23').textContent()).not.toContain('part 3')
  })

  test('lets a person end an answer in Slack, and have it given anew', async () => {
    await house.holds('pelican8', 60)
    await me.go('slack', 'general')
    await me.say('slack', '@Aeries tell me a story about pelican8')
    await me
      .pane('slack')
      .locator('.message')
      .filter({ hasText: 'about pelican8' })
      .getByRole('button', { name: /1 reply/ })
      .click()
    const panel = await me.inside('Live')
    await panel.getByText('growing').waitFor()
    await react('slack', 'pelican8', 'octagonal sign')
    await panel.getByText('growing').waitFor({ state: 'detached' })
    expect(await me.answer('slack', 'pelican8').textContent()).not.toContain('part 3')
    await react('slack', 'pelican8', 'repeat')
    await me.answer('slack', 'not a language model').waitFor()
  })

  test('refuses every second write with a 429, and the answer arrives all the same', async () => {
    await me.weather(panel => panel.getByRole('group', { name: 'Discord' }).getByRole('checkbox').check())
    // Its first words and its last ones are two writes, however busy the machine is.
    await house.holds('heron11', 40)
    await me.say('discord', 'what about heron11?')
    await me.answer('discord', 'heron11').waitFor()
    await house.letGo()
    await me.answer('discord', /heron11.*in the place where you read it/s).waitFor()
    const panel = await me.inside('Writes')
    await panel.locator('tr[data-status=limit]').first().waitFor()
    await panel.locator('tr[data-status=ok]').first().waitFor()
    await me.picture('limits')
    await me.weather(weather => weather.getByRole('group', { name: 'Discord' }).getByRole('checkbox').uncheck())
  })

  test('drops both connections, which come back by themselves', async () => {
    await me.weather(panel => panel.getByRole('button', { name: 'Drop the gateway' }).click())
    await me.weather(panel => panel.getByRole('button', { name: 'Drop the socket' }).click())
    await me.say('discord', 'what about plover6?')
    await me.answer('discord', 'plover6').waitFor()
    await me.go('slack', 'general')
    await me.say('slack', '@Aeries what about plover7?')
    await me
      .pane('slack')
      .locator('.message')
      .filter({ hasText: 'plover7' })
      .getByRole('button', { name: /1 reply/ })
      .waitFor()
  })

  test('kills the service and starts it again, and Aeries remembers', async () => {
    await me.say('discord', 'my favourite colour is teal')
    await me.answer('discord', 'your favourite colour is teal').waitFor()
    await me.weather(panel => panel.getByRole('button', { name: 'kill -9 and start' }).click())
    await me.page.getByText(running).waitFor()
    await me.say('discord', 'What is my favourite colour?')
    await me.answer('discord', 'Your favourite colour is teal.').waitFor()
    await me.weather(panel => panel.getByRole('button', { name: 'Stop', exact: true }).click())
    await me.page.getByText('Aeries is stopped').waitFor()
    await me.weather(panel => panel.getByRole('button', { name: 'Start', exact: true }).click())
    await me.page.getByText(running).waitFor()
  })
})

async function react(platform: Platform, words: string, emoji: string): Promise<void> {
  const answer = me.answer(platform, words)
  await answer.waitFor()
  await me.useTool(answer, 'Add a reaction')
  await me.page.getByRole('dialog', { name: 'Pick a reaction' }).getByRole('button', { name: emoji }).click()
}
