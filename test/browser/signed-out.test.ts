import { expect, test } from 'vitest'
import { aHouse } from './a-house.ts'

// What a browser says of an answer that is a refusal is no fault of the page.
const house = aHouse({ pace: 'h100-8b', forgives: /401/ })

test('whoever is signed out meanwhile is asked who they are, and finds their words when they are back', async () => {
  const me = await house.chat()
  await me.say('what about wren7?')
  await me.whole('wren7')
  let isOut = true
  await me.page.route('**/api/**', async route => {
    if (route.request().method() === 'POST' && route.request().url().endsWith('/api/session')) {
      isOut = false
      await route.fulfill({ status: 201, json: { name: 'Mira', signIn: 'link' } })
    } else if (isOut) {
      await route.fulfill({ status: 401, json: { error: { code: 'not_signed_in', message: 'Sign in by a code.' } } })
    } else await route.continue()
  })
  await me.say('and what about heron11?')
  const code = me.page.getByRole('textbox', { name: 'Your code' })
  await code.waitFor()
  expect(await me.page.getByText('wren7').count()).toBe(0)
  await code.fill('AAAA-BBBB-CCCC')
  await code.press('Enter')
  await me.whole('wren7')
  expect(await me.field.inputValue()).toBe('and what about heron11?')
  await me.field.press('Enter')
  await me.whole('heron11')
})
