import type { Locator } from 'playwright-core'
import { beforeEach, describe, expect, test } from 'vitest'
import type { ADesk } from './a-desk.ts'
import { aHouse } from './a-house.ts'

const house = aHouse({ pace: 'h100-8b' })
let me: ADesk

beforeEach(async () => {
  me = await house.desk()
})

describe('a person on the page', () => {
  test('asks in a Discord DM and watches the answer grow, in Discord’s own markdown', async () => {
    await house.holds('lighthouse', 60)
    await me.say('discord', 'tell me a story about a lighthouse')
    const answer = me.answer('discord', 'Here is a story')
    await answer.waitFor()
    const before = (await wordsOf(answer)).length
    await house.letGo()
    await me.answer('discord', 'not a language model').waitFor()
    expect((await wordsOf(answer)).length).toBeGreaterThan(before)
    await answer.getByText('(edited)').waitFor()
    await answer.locator('.rich-small').first().waitFor()
    await me.picture('discord-dm')
  })

  test('mentions Aeries in a channel of both platforms, with the name completed', async () => {
    await me.go('discord', 'general')
    const field = me.pane('discord').getByRole('textbox')
    await field.pressSequentially('@Aer')
    await me.pane('discord').getByRole('option', { name: '@Aeries' }).waitFor()
    await field.press('Tab')
    await field.pressSequentially('what about kite42?')
    await field.press('Enter')
    await me.answer('discord', 'kite42').waitFor()
    expect(await wordsOf(me.pane('discord').locator('.rich-mention').first())).toBe('@Aeries')

    await me.go('slack', 'general')
    await me.say('slack', '@Aeries what about gull17?')
    await me
      .pane('slack')
      .getByRole('button', { name: /1 reply/ })
      .click()
    await me.answer('slack', 'gull17').waitFor()
    await me.say('slack', 'and what about tern23?')
    await me.answer('slack', 'tern23').waitFor()
    await me.picture('mentions')
  })

  test('reacts by the picker and takes it back, with the keyboard alone', async () => {
    await me.say('discord', 'what about heron11?')
    const answer = me.answer('discord', 'heron11')
    await answer.focus()
    await me.page.keyboard.press('Tab')
    const toolbar = answer.getByRole('toolbar')
    await toolbar.getByRole('button', { name: 'Add a reaction' }).focus()
    await me.page.keyboard.press('Enter')
    await expect.poll(() => me.page.evaluate('document.activeElement.ariaLabel')).toBe('Search emoji')
    await me.page.keyboard.type('rocket')
    await me.page.keyboard.press('Enter')
    const reaction = answer.getByRole('button', { name: /^rocket, 1: Mira/ })
    await reaction.waitFor()
    expect(await reaction.getAttribute('aria-pressed')).toBe('true')
    await reaction.press('Enter')
    await reaction.waitFor({ state: 'detached' })
  })

  test('reacts in Slack, where emoji have names, and Aeries hears of it', async () => {
    await me.go('slack', 'Aeries')
    await me.say('slack', 'what about stork12?')
    const answer = await slackAnswer('stork12')
    await me.useTool(answer, 'React with thumbs up')
    await answer.getByRole('button', { name: /^\+1, 1: Mira/ }).waitFor()
  })

  test('sees of others only what is open to them', async () => {
    await me.say('discord', 'my secret is pelican99')
    await me.answer('discord', 'pelican99').waitFor()
    await me.speakAs('Jonas')
    expect(await wordsOf(me.pane('discord'))).not.toContain('pelican99')
    expect(await me.pane('discord').getByRole('button', { name: 'crew' }).count()).toBe(0)
    await me.speakAs('Otto')
    await me.pane('discord').getByText('has no account').waitFor()
    await me.pane('slack').getByRole('button', { name: 'port-authority' }).waitFor()
  })

  test('keeps in the field what is too long for Discord, and is told by how much', async () => {
    await me.go('discord', 'random')
    const pane = me.pane('discord')
    const field = pane.getByRole('textbox', { name: /^Message / })
    await field.fill('x'.repeat(2_005))
    await pane.getByText('5 characters too many').waitFor()
    await field.press('Enter')
    expect(await pane.getByRole('button', { name: 'Send' }).isDisabled()).toBe(true)
    expect(await field.inputValue()).toHaveLength(2_005)
    await field.fill('y'.repeat(2_000))
    await field.press('Enter')
    await pane.locator('.message').filter({ hasText: 'yyyy' }).last().waitFor()
    expect(await field.inputValue()).toBe('')
  })

  test('edits and deletes what they said, and answers a message', async () => {
    await me.go('discord', 'random')
    await me.say('discord', 'nothing for anybody')
    const mine = me.pane('discord').locator('.message').filter({ hasText: 'nothing for anybody' })
    await me.useTool(mine, 'Edit')
    const box = me.page.getByRole('textbox', { name: 'Edit message' })
    await box.fill('x'.repeat(2_005))
    await me.pane('discord').getByText('5 characters too many').waitFor()
    await box.press('Enter')
    expect(await box.inputValue()).toHaveLength(2_005)
    await box.fill('something for somebody')
    await box.press('Enter')
    const edited = me.pane('discord').locator('.message').filter({ hasText: 'something for somebody' })
    await edited.getByText('(edited)').waitFor()
    await me.useTool(edited, 'Reply')
    await me.say('discord', 'an answer to myself')
    await me.pane('discord').locator('.answered').getByText('something for somebody').waitFor()
    await me.useTool(edited.first(), 'Delete')
    await me.pane('discord').getByText('a message that was deleted').waitFor()
    await edited.waitFor({ state: 'detached' })
  })

  test('opens a thread of Discord from a message and talks there', async () => {
    await me.go('discord', 'general')
    await me.say('discord', 'a word about buoys')
    const root = me.pane('discord').locator('.message').filter({ hasText: 'a word about buoys' })
    await me.useTool(root, 'Create a thread')
    await me.pane('discord').getByRole('heading', { name: 'a word about buoys' }).waitFor()
    await me.say('discord', '@Aeries what about buoy7?')
    await me.answer('discord', 'buoy7').waitFor()
  })

  test('uses a slash command whose answer only they see', async () => {
    const field = me.pane('discord').getByRole('textbox')
    await field.pressSequentially('/aer')
    await me.pane('discord').getByRole('option').first().waitFor()
    await field.press('Tab')
    await field.pressSequentially('help')
    await field.press('Escape')
    await field.press('Enter')
    const answer = me.pane('discord').locator('.message[data-private=true]').last()
    await answer.getByText('Only visible to you').waitFor()
    expect(await wordsOf(answer)).toMatch(/\/?aeries/i)
    await me.picture('slash-command')
    await me.speakAs('Wren')
    expect(await me.pane('discord').locator('.message[data-private=true]').count()).toBe(0)
  })

  test('uses a command in Slack, and finds what Aeries knows on the home tab of the app', async () => {
    await me.go('slack', 'Aeries')
    await me.say('slack', '/aeries me')
    const answer = me.pane('slack').locator('.message[data-private=true]').last()
    await answer.getByText('Only visible to you').waitFor()
    await me.pane('slack').getByRole('button', { name: 'Home', exact: true }).click()
    await me
      .pane('slack')
      .getByRole('region', { name: 'Home of Aeries' })
      .getByText(/about you/)
      .first()
      .waitFor()
    await me.pane('slack').getByRole('button', { name: 'Messages', exact: true }).click()
    await answer.waitFor()
  })

  test('says by a button what was wrong with an answer', async () => {
    await me.speakAs('Wren')
    await me.say('discord', 'what about curlew3?')
    await me.answer('discord', 'curlew3').getByRole('button', { name: 'Feedback' }).click()
    const form = me.pane('discord').locator('.message[data-private=true]').last()
    await form.getByRole('button', { name: 'Too long' }).click()
    const panel = await me.inside('Learning')
    await panel.locator('.signals li').filter({ hasText: 'tap → too long' }).waitFor()
  })

  test('hears each answer of Aeries read out once, when it is whole', async () => {
    await me.page.evaluate(`
      window.heard = []
      new MutationObserver(() => {
        const { textContent } = document.querySelector('[role=status]')
        if (textContent) window.heard.push(textContent)
      }).observe(document.querySelector('[role=status]'), { childList: true, subtree: true, characterData: true })
    `)
    await me.say('discord', 'tell me a story about a cormorant')
    await me.answer('discord', /cormorant.*part 3/s).waitFor()
    const told = async () =>
      ((await me.page.evaluate('window.heard')) as string[]).filter(one => one.includes('Here is a story'))
    await expect.poll(told).toHaveLength(1)
    expect((await told())[0]).toContain('part 3')
    // Nothing more comes of an edit that nobody sees, such as a late rendering.
    await me.say('discord', 'what about petrel5?')
    await me.answer('discord', 'petrel5').waitFor()
    expect(await told()).toHaveLength(1)
  })
})

async function wordsOf(locator: Locator): Promise<string> {
  return (await locator.textContent()) ?? ''
}

/** In a DM of Slack Aeries answers in the place or in a thread of the question. */
async function slackAnswer(words: string) {
  const link = me
    .pane('slack')
    .getByRole('button', { name: /1 reply/ })
    .last()
  const answer = me.answer('slack', words)
  await answer.or(link).first().waitFor()
  if ((await answer.count()) === 0) await link.click()
  await answer.waitFor()
  return answer
}
