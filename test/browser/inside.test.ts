import { describe, expect, test } from 'vitest'
import { aHouse } from './a-house.ts'
import { findFaults } from './find-faults.ts'

const house = aHouse()

describe('the inside', () => {
  test('shows the prompt as it was sent, what was learnt, and the brief with the words that it comes from', async () => {
    const me = await house.desk()
    await me.say('discord', 'Please keep it short. I am a nurse at the harbour hospital.')
    await me.answer('discord', 'not a language model').waitFor()
    const learning = await me.inside('Learning')
    await learning.locator('.signals li').filter({ hasText: 'reply_length' }).first().waitFor()
    await me.say('discord', 'what about kite42?')
    await me.answer('discord', 'kite42').waitFor()
    const brief = learning.locator('.brief li')
    await brief.filter({ hasText: 'keep it short' }).first().waitFor()
    await brief.locator('q').first().waitFor()
    await me.picture('learning')
    const prompt = await me.inside('Prompt')
    await prompt.locator('li[data-role=system]').first().waitFor()
    expect(await prompt.locator('li[data-role=user]').last().textContent()).toContain('kite42')
    await prompt.locator('mark').first().waitFor()
    await me.picture('prompt')
    const log = await me.inside('Log')
    await log.getByText('OPS_INSIDE is on').first().waitFor()
  })

  test('shows a reaction arrive as a signal, and go when it is taken back', async () => {
    const me = await house.desk()
    await me.go('slack', 'Aeries')
    await me.say('slack', 'what about tern23?')
    const answer = me.answer('slack', 'tern23')
    const link = me
      .pane('slack')
      .getByRole('button', { name: /1 reply/ })
      .last()
    await answer.or(link).first().waitFor()
    if ((await answer.count()) === 0) await link.click()
    await me.answer('slack', 'not a language model').waitFor()
    const panel = await me.inside('Learning')
    await me.useTool(answer, 'React with thumbs up')
    await panel.locator('.signals li').filter({ hasText: '👍 → good' }).first().waitFor()
    await answer.getByRole('button', { name: /^\+1, 1/ }).click()
    await panel.locator('.signals li').filter({ hasText: 'takes 👍 back' }).first().waitFor()
  })
})

describe('a command', () => {
  test('offers what Aeries knows while it is typed, and forgets it by a button that only its person sees', async () => {
    const me = await house.desk()
    await me.speakAs('Wren')
    await me.say('discord', 'Please keep it short.')
    const learning = await me.inside('Learning')
    await learning.locator('.signals li').filter({ hasText: 'Wren instruction: reply_length' }).waitFor()
    const pane = me.pane('discord')
    await me.say('discord', '/aeries me')
    await pane.locator('.message[data-private=true]').getByRole('link').first().click()
    await pane.locator('.message:focus').filter({ hasText: 'Please keep it short.' }).waitFor()
    const field = pane.getByRole('textbox')
    await field.pressSequentially('/aeries forget what:')
    await pane.getByRole('option', { name: 'all that I have of you' }).waitFor()
    await me.picture('completion')
    await pane.getByRole('option', { name: 'all that I have of you' }).click()
    await field.press('Enter')
    const asked = pane.locator('.message[data-private=true]').filter({ hasText: 'Shall I?' })
    await asked.getByRole('button', { name: 'Forget all' }).click()
    await pane.getByText('It is all gone, and does not come back.').waitFor()
    await me.say('discord', 'what about kite42?')
    await me.answer('discord', 'kite42').waitFor()
    await learning.getByText('Nothing is known of them yet.').waitFor()
  })
})

describe.each(['light', 'dark'] as const)('in %s', colorScheme => {
  test('axe finds no serious fault, whatever is open', async () => {
    const me = await house.desk({ colorScheme })
    await me.go('discord', 'Aeries')
    await me.say('discord', 'show me a table of ships')
    await me.answer('discord', 'not a language model').waitFor()
    await me.go('slack', 'general')
    for (const tab of ['Live', 'Prompt', 'Learning', 'Writes', 'Log']) {
      await me.inside(tab)
      expect(await findFaults(me.page), tab).toEqual([])
    }
    await me.page.getByRole('button', { name: 'Weather' }).click()
    expect(await findFaults(me.page)).toEqual([])
    await me.page.keyboard.press('Escape')
    const answer = me.answer('discord', 'not a language model')
    await me.useTool(answer, 'Add a reaction')
    expect(await findFaults(me.page)).toEqual([])
    await me.picture(`whole-${colorScheme}`)
  })

  test('a phone shows one thing at a time, and nothing is wider than it', async () => {
    const me = await house.desk({ colorScheme, viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true })
    const pane = me.pane('discord')
    await pane.getByRole('button', { name: 'Places' }).tap()
    await pane.getByRole('button', { name: 'random' }).tap()
    await me.say('discord', '@Aeries what about plover6?')
    await me.answer('discord', 'plover6').waitFor()
    expect(await findFaults(me.page)).toEqual([])
    await me.picture(`phone-${colorScheme}`)
    for (const view of ['Slack', 'Inside', 'Discord']) {
      await me.page.getByRole('navigation', { name: 'What is in sight' }).getByRole('button', { name: view }).tap()
      const overflow = await me.page.evaluate('document.documentElement.scrollWidth - innerWidth')
      expect(overflow, view).toBeLessThanOrEqual(0)
      expect(await findFaults(me.page), view).toEqual([])
      await me.picture(`phone-${view.toLowerCase()}-${colorScheme}`)
    }
  })
})
