import { describe, expect, test } from 'vitest'
import { aHouse } from './a-house.ts'
import { findFaults } from './find-faults.ts'

const house = aHouse({ pace: 'h100-8b', environment: { MESSAGES_PER_MINUTE: '1000' } })

describe.each(['dark', 'light'] as const)('in %s', theme => {
  test('axe finds no serious fault, whatever is open, and on a phone nothing is wider than it', async () => {
    const me = await house.chat({ viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true })
    if (theme === 'light') {
      await me.button('Conversations').tap()
      await me.button('Theme: dark').tap()
      await me.button('Close the list').tap({ position: { x: 370, y: 400 } })
    }
    expect(await findFaults(me.page), 'welcome').toEqual([])
    await me.say('show me code about curlews')
    await me.whole('not a language model')
    await me.button('Not a good answer').tap()
    await me.button('The tone').waitFor()
    expect(await findFaults(me.page), 'a talk').toEqual([])
    expect(await me.page.evaluate('document.documentElement.scrollWidth - innerWidth')).toBeLessThanOrEqual(0)
    await me.button('Conversations').tap()
    await me.list.getByRole('button', { name: 'show me code about curlews', exact: true }).first().waitFor()
    expect(await findFaults(me.page), 'the list').toEqual([])
    await me.button('Close the list').tap({ position: { x: 370, y: 400 } })
    await me.button('What Aeries knows of you').tap()
    await me.page.locator('.known, .knows-none').first().waitFor()
    expect(await findFaults(me.page), 'what is known').toEqual([])
  })
})

test('the keyboard alone leads everywhere', async () => {
  const me = await house.chat()
  const focused = () => me.page.evaluate('document.activeElement.id')
  await expect.poll(focused).toBe('write')
  await me.page.keyboard.type('what about wren7?')
  await me.page.keyboard.press('Enter')
  await me.whole('wren7')
  await me.page.keyboard.press('Shift+Tab')
  await me.page.keyboard.press('?')
  await me.page.getByRole('dialog', { name: 'Keys' }).waitFor()
  expect(await findFaults(me.page)).toEqual([])
  await me.page.keyboard.press('Escape')
  await me.page.keyboard.press('Alt+n')
  await me.page.getByRole('region', { name: 'Begin' }).waitFor()
  await expect.poll(focused).toBe('write')
  await me.page.keyboard.press('Control+k')
  await expect.poll(() => me.page.evaluate('document.activeElement.type')).toBe('search')
  await me.page.keyboard.type('wren7')
  const found = me.page.getByRole('region', { name: 'Found' })
  // Not what was found of the first letters, whoever types slowly.
  await found.getByRole('heading', { name: 'One conversation' }).waitFor()
  await found.getByRole('button', { name: 'what about wren7?', exact: true }).waitFor()
  await me.page.keyboard.press('Tab')
  await me.page.keyboard.press('Enter')
  await me.whole('wren7')
})

test('a conversation that the list does not reach down to has its name all the same', async () => {
  const me = await house.chat()
  const begin = `fetch('/api/conversations', { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ title: TITLE }) }).then(one => one.json())`
  const { id } = (await me.page.evaluate(begin.replace('TITLE', '"Of old"'))) as { id: string }
  await me.page.evaluate(
    `(async () => { for (let at = 0; at < 60; at += 1) await ${begin.replace('TITLE', "'Later ' + at")} })()`,
  )
  await me.page.goto(`${house.address()}/#/${id}`)
  await me.page.reload()
  await me.list.getByRole('button', { name: 'Later 59', exact: true }).waitFor()
  expect(await me.list.getByRole('button', { name: 'Of old', exact: true }).count()).toBe(0)
  await me.page.getByRole('heading', { level: 2, name: 'Of old' }).waitFor()
})

test('what is usual in a workspace is told as a default, and what was noticed as noticed', async () => {
  const me = await house.chat()
  const line = { note: null, since: null, from: null }
  const lines = [
    { ...line, text: 'They like emoji.', isDefault: false },
    { ...line, text: 'Usual here: short answers.', isDefault: true },
  ]
  await me.page.route('**/api/briefing*', route => route.fulfill({ json: { lines } }))
  await me.say('what about wren7?')
  await me.whole('wren7')
  await me.page.keyboard.press('Alt+k')
  const known = me.page.locator('.known')
  await known.filter({ hasText: 'emoji' }).getByText('Noticed from how you write and react.').waitFor()
  await known.filter({ hasText: 'Usual here' }).getByText('A default, not learnt from you.').waitFor()
})

test('whoever reads further up keeps their place while an answer grows', async () => {
  const me = await house.chat()
  await me.say('tell me a story about dunlins')
  await me.whole('part 3')
  await me.say('tell me a story about knots')
  await me.whole(/knots.*part 3/s)
  await me.page.evaluate(`document.querySelector('.scroller-box').scrollTop = 60`)
  await me.button('To the newest').waitFor()
  await house.holds('ruffs', 60)
  await me.say('tell me a story about ruffs')
  await me.answer('ruffs').locator('.raw').waitFor()
  await house.letGo()
  await me.whole(/ruffs.*part 3/s)
  expect(await me.page.evaluate(`document.querySelector('.scroller-box').scrollTop`)).toBe(60)
  await me.button('To the newest').click()
  await me.page.getByRole('button', { name: 'To the newest' }).waitFor({ state: 'detached' })
})
