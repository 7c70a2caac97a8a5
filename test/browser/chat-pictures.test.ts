import { test } from 'vitest'
import { aHouse } from './a-house.ts'

const house = aHouse({ environment: { MESSAGES_PER_MINUTE: '1000' } })
const size = { width: 1440, height: 900 }

// The pictures that docs/ shows are those of this test, in `.vitest/browser`.
test('the chat page can be seen in both themes, on a phone, with an answer that grows, and while Aeries rests', async () => {
  const me = await house.chat({ viewport: size })
  for (const words of ['What should I cook for eight guests?', 'Show me a table of the ships in the harbour']) {
    await me.say(words)
    await me.whole('not a language model')
    await me.begin()
  }
  await me.say('Please keep it short, and call me Mi.')
  await me.whole('not a language model')
  await me.say('Show me code for the tide at the harbour.')
  await me.answer('small piece of').locator('.hljs-keyword').first().waitFor()
  const toast = await me.lookOut('.toast')
  await me.page.getByRole('button', { name: 'Good answer', exact: true }).last().click()
  await me.page.mouse.move(1, 1)
  await toast()
  await me.page.locator('.toast').waitFor({ state: 'detached' })
  await me.picture('chat-dark')
  await me.button('Theme: dark').click()
  await me.page.mouse.move(1, 1)
  await me.picture('chat-light')
  await me.button('Theme: light').click()
  await me.button('Theme: auto').click()
  await me.begin()
  await house.holds('lighthouse keeper', 200)
  await me.say('Tell me a story about a lighthouse keeper.')
  await me.answer('part 2').locator('.raw').waitFor()
  await me.picture('chat-streaming')
  await house.letGo()
  await me.whole('part 3')
  const phone = await house.chat(
    { viewport: { width: 390, height: 844 }, deviceScaleFactor: 2, hasTouch: true, isMobile: true },
    me.page.url(),
  )
  await phone.whole('part 3')
  await phone.picture('chat-phone')
  const desk = await house.desk()
  await desk.weather(panel => panel.getByRole('radio', { name: 'Down' }).check())
  await me.say('And what became of the lamp?')
  await me.answer('Aeries is resting').waitFor()
  await me.picture('chat-resting')
})
