import type { Request } from 'playwright-core'
import { expect, test } from 'vitest'
import type { AChat } from './a-chat.ts'
import { aHouse } from './a-house.ts'

// What a browser says of an answer that is a refusal is no fault of the page.
const house = aHouse({ pace: 'h100-8b', forgives: /401/ })

/** Signs whoever talks there out when that is asked, and lets them in again by any code. */
async function signOutAt(me: AChat, isIt: (request: Request) => boolean): Promise<void> {
  let [isOut, wasOut] = [false, false]
  await me.page.route('**/api/**', async route => {
    const request = route.request()
    if (!wasOut && isIt(request)) [isOut, wasOut] = [true, true]
    if (is(request, 'POST', '/api/session')) {
      isOut = false
      await route.fulfill({ status: 201, json: { name: 'Mira', signIn: 'link' } })
    } else if (isOut) {
      await route.fulfill({ status: 401, json: { error: { code: 'not_signed_in', message: 'Sign in by a code.' } } })
    } else await route.fallback()
  })
}

function is(request: Request, method: string, path: string): boolean {
  return request.method() === method && new URL(request.url()).pathname === path
}

async function signIn(me: AChat): Promise<void> {
  const code = me.page.getByRole('textbox', { name: 'Your code' })
  await code.waitFor()
  expect(await me.page.getByText('wren7').count()).toBe(0)
  await code.fill('AAAA-BBBB-CCCC')
  await code.press('Enter')
}

test('whoever is signed out meanwhile is asked who they are, and finds their words when they are back', async () => {
  const me = await house.chat()
  await me.say('what about wren7?')
  await me.whole('wren7')
  await signOutAt(me, request => is(request, 'POST', '/api/chat'))
  await me.say('and what about heron11?')
  await signIn(me)
  await me.whole('wren7')
  expect(await me.field.inputValue()).toBe('and what about heron11?')
  await me.field.press('Enter')
  await me.whole('heron11')
})

test('whoever hears of it by another request finds the words that were on their way, too', async () => {
  const me = await house.chat()
  await me.say('what about wren7?')
  await me.whole('wren7')
  const asked = Promise.withResolvers<void>()
  // Nobody answers it.
  await me.page.route('**/api/chat', () => asked.resolve())
  await signOutAt(me, request => is(request, 'GET', '/api/briefing'))
  await me.say('and what about heron11?')
  await asked.promise
  await me.page.keyboard.press('Alt+k')
  await signIn(me)
  await me.whole('wren7')
  expect(await me.field.inputValue()).toBe('and what about heron11?')
})
