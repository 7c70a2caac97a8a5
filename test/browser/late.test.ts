import { expect, test } from 'vitest'
import type { AChat } from './a-chat.ts'
import { aHouse } from './a-house.ts'

const house = aHouse({ pace: 'h100-8b', environment: { MESSAGES_PER_MINUTE: '1000' } })

const history = /\/api\/conversations\/[0-9a-f]{24}\?/

/** Asks for the next of that at once, and tells the page of it when it may: a line, or a busy Aeries, may be as slow. */
async function tellLate(me: AChat, method: 'GET' | 'POST', url: RegExp) {
  const [isRead, mayTell] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()]
  let isTaken = false
  await me.page.route(url, async route => {
    if (isTaken || route.request().method() !== method) return await route.fallback()
    isTaken = true
    const response = await route.fetch()
    isRead.resolve()
    await mayTell.promise
    await route.fulfill({ response })
  })
  const tell = async () => {
    mayTell.resolve()
    await me.page.unrouteAll({ behavior: 'wait' })
    await me.page.evaluate(`fetch('/api/session').then(one => one.text())`)
  }
  return { isRead: isRead.promise, tell }
}

/** Whoever looks away and back is told anew how the conversation stands. */
async function lookAway(me: AChat): Promise<void> {
  await me.page.evaluate(`
    for (const value of ['hidden', 'visible']) {
      Object.defineProperty(document, 'visibilityState', { value, configurable: true })
      document.dispatchEvent(new Event('visibilitychange'))
    }
  `)
}

test('a history that was read before words were changed does not bring the old ones back', async () => {
  const me = await house.chat()
  await me.say('what about stork12?')
  await me.whole('stork12')
  await me.button('Edit your words').waitFor()
  const late = await tellLate(me, 'GET', history)
  await lookAway(me)
  await late.isRead
  await house.holds('crane13', 0)
  await me.field.press('ArrowUp')
  await me.page.getByRole('textbox', { name: 'Your words' }).fill('what about crane13?')
  await me.page.keyboard.press('Enter')
  await me.page.locator('.answer[data-state=waiting]').waitFor()
  await late.tell()
  expect(await me.page.getByRole('article').filter({ hasText: 'stork12' }).count()).toBe(0)
  expect(await me.page.locator('.answer').getAttribute('data-state')).toBe('waiting')
  await house.letGo()
})

test('a question whose name comes late stands there once', async () => {
  const me = await house.chat()
  const late = await tellLate(me, 'POST', /\/api\/chat$/)
  await me.say('what about kite42?')
  await late.isRead
  const [read] = await Promise.all([me.page.waitForResponse(history), lookAway(me)])
  await read.finished()
  await late.tell()
  await me.whole('kite42')
  expect(await me.page.getByRole('article', { name: 'You' }).count()).toBe(1)
})

test('a list that was read before a conversation was renamed keeps its new name', async () => {
  const me = await house.chat()
  await me.list.getByRole('button').first().waitFor()
  const late = await tellLate(me, 'GET', /\/api\/conversations\?limit/)
  await me.say('what about the ptarmigan?')
  await late.isRead
  await me.list.getByRole('button', { name: 'Rename what about the ptarmigan?' }).click()
  await me.page.getByRole('textbox', { name: 'Name of the conversation' }).fill('Grouse')
  await me.page.keyboard.press('Enter')
  await me.page.getByRole('heading', { level: 2, name: 'Grouse' }).waitFor()
  await late.tell()
  expect(await me.list.getByRole('button', { name: 'Grouse', exact: true }).count()).toBe(1)
})

test('what was said of an answer is not taken for what is said of the next one', async () => {
  const me = await house.chat()
  await me.say('what about gull17?')
  await me.whole('gull17')
  const late = await tellLate(me, 'POST', /\/api\/feedback$/)
  await me.page.getByRole('button', { name: 'Good answer', exact: true }).click()
  await late.isRead
  await house.holds('gull17', 60)
  await me.button('Try again').click()
  await me.page.locator('.answer[data-state=growing]').waitFor()
  await house.letGo()
  await me.whole('gull17')
  await late.tell()
  expect(await me.page.locator('.answer [aria-pressed=true]').count()).toBe(0)
})
