import { test } from 'vitest'
import type { ADesk, Platform } from './a-desk.ts'
import { aHouse } from './a-house.ts'

const house = aHouse()
const size = { width: 1440, height: 900 }

// The pictures that docs/ shows are those of this test, in `.vitest/browser`.
test('a talk on both platforms can be seen growing, in both themes, and on a phone', async () => {
  const me = await house.desk({ viewport: size, colorScheme: 'light' })
  await me.say('discord', 'Hi Aeries! Please call me Mi, and use the metric system.')
  await me.answer('discord', 'not a language model').waitFor()
  const learning = await me.inside('Learning')
  await learning.locator('.signals li').filter({ hasText: 'call_me' }).waitFor()
  await me.go('slack', 'general')
  await me.say('slack', '@Aeries show me a table of the ships in the harbour')
  await me.speakAs('Jonas')
  await me.say('slack', '@Aeries and what about the ferry?')
  await me.speakAs('Mira')
  const root = me.pane('slack').locator('.message').filter({ hasText: 'table of the ships' })
  await root.getByRole('button', { name: /1 reply/ }).click()
  await me.answer('slack', 'not a language model').waitFor()
  await react(me, 'slack', 'React with thumbs up')
  await me.say('discord', 'What did the lighthouse keeper write in the log?')
  await me.answer('discord', 'lighthouse').waitFor()
  await react(me, 'discord', 'React with thumbs up')
  await learning.locator('.brief li').first().waitFor()
  await learning.locator('.signals li').filter({ hasText: '👍 → good' }).first().waitFor()
  await me.picture('playground-learning')

  await me.say('discord', 'tell me a long story about a lighthouse')
  await me.inside('Live')
  await me.page.locator('.grown').filter({ hasText: 'part 2' }).waitFor()
  await me.picture('playground-light')
  await me.answer('discord', /part 3/).waitFor()

  const dark = await house.desk({ viewport: size, colorScheme: 'dark' })
  await dark.go('discord', 'general')
  await dark.go('slack', 'general')
  await dark
    .pane('slack')
    .locator('.message')
    .filter({ hasText: 'table of the ships' })
    .getByRole('button', { name: /repl/ })
    .click()
  await dark.say('discord', '@Aeries tell me a long story about the tide')
  await dark.inside('Live')
  await dark.page.locator('.grown').filter({ hasText: 'part 1' }).waitFor()
  await dark.page.getByRole('button', { name: 'Weather' }).click()
  await dark.picture('playground-dark')
  await dark.page.keyboard.press('Escape')
  await dark.inside('Writes')
  await dark.page.locator('.buckets li').first().waitFor()
  await dark.picture('playground-writes')

  const phone = { viewport: { width: 390, height: 844 }, deviceScaleFactor: 2, isMobile: true, hasTouch: true }
  const small = await house.desk({ ...phone, colorScheme: 'dark' })
  await small.pane('discord').getByRole('button', { name: 'Places' }).tap()
  await small.go('discord', 'general')
  await small.answer('discord', /part 3/).waitFor()
  await small
    .pane('discord')
    .locator('.scroller-box')
    .evaluate(box => box.scrollTo(0, 0))
  await small.pane('discord').getByRole('heading', { name: '#general' }).tap()
  await small.picture('playground-phone')
})

async function react(me: ADesk, platform: Platform, name: string): Promise<void> {
  const answer = me.pane(platform).locator('.message[data-author=aeries]').last()
  await me.useTool(answer, name)
  await answer.locator('.reaction').first().waitFor()
  await me.page.getByRole('textbox').first().focus()
  await me.page.mouse.move(700, 5)
}
