import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { AChat } from './a-chat.ts'
import { APage, APlaygroundServer } from './a-page.ts'
import { openBrowser } from './open-browser.ts'

let browser: Browser
let playground: APlaygroundServer
let url = ''

beforeAll(async () => {
  playground = new APlaygroundServer('l40s-8b', { MESSAGES_PER_MINUTE: '1000' })
  ;[browser, url] = await Promise.all([openBrowser(), playground.web()])
})
afterAll(async () => {
  await browser.close()
  await playground[Symbol.asyncDispose]()
})

const size = { width: 1440, height: 900 }

// The pictures that docs/ shows are those of this test, in `.vitest/browser`.
test('the chat page can be seen in both themes, on a phone, with an answer that grows, and while Aeries rests', async () => {
  await using me = await AChat.open(browser, url, { viewport: size })
  for (const words of ['What should I cook for eight guests?', 'Show me a table of the ships in the harbour']) {
    await me.say(words)
    await me.whole('not a language model')
    await me.begin()
  }
  await me.say('Please keep it short, and call me Mi.')
  await me.whole('not a language model')
  await me.say('Show me code for the tide at the harbour.')
  await me.answer('small piece of').locator('.hljs-keyword').first().waitFor()
  await me.page.getByRole('button', { name: 'Good answer', exact: true }).last().click()
  await me.page.mouse.move(1, 1)
  const toast = me.page.locator('.toast')
  await toast.waitFor()
  await toast.waitFor({ state: 'detached' })
  await me.picture('chat-dark')
  await me.button('Theme: dark').click()
  await me.page.mouse.move(1, 1)
  await me.picture('chat-light')
  await me.button('Theme: light').click()
  await me.button('Theme: auto').click()
  await me.begin()
  await me.say('Tell me a story about a lighthouse keeper.')
  await me.answer('part 2').locator('.raw').waitFor()
  await me.picture('chat-streaming')
  await me.whole('part 3')
  const address = me.page.url()
  await using phone = await AChat.open(browser, address, {
    ...{ viewport: { width: 390, height: 844 }, deviceScaleFactor: 2, hasTouch: true, isMobile: true },
  })
  await phone.whole('part 3')
  await phone.picture('chat-phone')
  await using desk = await APage.open(browser, await playground.url())
  await desk.weather(panel => panel.getByRole('radio', { name: 'Down' }).check())
  await me.say('And what became of the lamp?')
  await me.answer('Aeries is resting').waitFor()
  await me.picture('chat-resting')
  expect([...me.complaints, ...phone.complaints]).toEqual([])
})
