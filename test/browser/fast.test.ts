import { describe, expect, test } from 'vitest'
import { aHouse } from './a-house.ts'
import type { AWindow } from './a-window.ts'

const house = aHouse({ pace: 'h100-8b', environment: { MESSAGES_PER_MINUTE: '1000' } })

const field = 'document.activeElement?.ariaLabel ?? document.activeElement?.id'

/** Who has the focus when the event is over: before any frame, as the next key of fast fingers would find it. */
async function focusAfter(me: AWindow, act: string): Promise<unknown> {
  return await me.page.evaluate(`(async () => { ${act}; await null; return ${field} })()`)
}

const press = (key: string, more = '') =>
  `document.activeElement.dispatchEvent(new KeyboardEvent('keydown', { key: '${key}', bubbles: true, cancelable: true, ${more} }))`
const click = (selector: string) => `document.querySelector('${selector}').click()`

describe('whoever is faster than a frame finds the focus where the next letter belongs', () => {
  test('on the chat page', async () => {
    const me = await house.chat()
    await me.say('what about wren7?')
    await me.whole('wren7')
    expect(await focusAfter(me, press('k', 'ctrlKey: true'))).toBe('')
    expect(await me.page.evaluate('document.activeElement.type')).toBe('search')
    expect(await focusAfter(me, press('n', "code: 'KeyN', altKey: true"))).toBe('Message Aeries')
    await me.page.getByRole('region', { name: 'Begin' }).waitFor()
    await me.list.getByRole('button', { name: 'what about wren7?', exact: true }).click()
    await me.whole('wren7')
    await me.field.focus()
    expect(await focusAfter(me, press('ArrowUp'))).toBe('Your words')
    expect(await focusAfter(me, press('Escape'))).toBe('Message Aeries')
    expect(await focusAfter(me, click('.side-new'))).toBe('Message Aeries')
    expect(await focusAfter(me, click('[aria-label^="Rename"]'))).toBe('Name of the conversation')
  })

  test('on the playground', async () => {
    const me = await house.desk()
    await me.say('discord', 'what about heron11?')
    const answer = me.answer('discord', 'heron11')
    await answer.hover()
    await answer.getByRole('button', { name: 'Add a reaction' }).waitFor()
    expect(await focusAfter(me, click('[aria-label="Add a reaction"]'))).toBe('Search emoji')
    await me.page.keyboard.press('Escape')
    await me.button('Weather').click()
    await me.page.evaluate(`(async () => { ${press('Escape')}; await null })()`)
    expect(await me.page.getByRole('region', { name: 'Weather' }).count()).toBe(0)
  })
})

describe('whoever writes on before Aeries has answered', () => {
  test('goes on in the conversation that begins just now, and loses no letter', async () => {
    const me = await house.chat()
    const [begins, mayBegin] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()]
    let begun = 0
    await me.page.route('**/api/conversations', async route => {
      if (route.request().method() === 'POST') {
        begun += 1
        begins.resolve()
        await mayBegin.promise
      }
      await route.continue()
    })
    await me.say('what about kite42?')
    await begins.promise
    await me.say('and what about heron11?')
    await me.field.pressSequentially('and the')
    mayBegin.resolve()
    await me.whole('heron11')
    expect(begun).toBe(1)
    expect(await me.field.inputValue()).toBe('and the')
    await me.field.pressSequentially(' gull?')
    expect(await me.field.inputValue()).toBe('and the gull?')
  })

  test('stays where they went meanwhile', async () => {
    const me = await house.chat()
    await me.say('what about plover6?')
    await me.whole('plover6')
    await me.begin()
    const [begins, mayBegin] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()]
    await me.page.route('**/api/conversations', async route => {
      begins.resolve()
      await mayBegin.promise
      await route.continue()
    })
    await me.say('what about tern23?')
    await begins.promise
    await me.list.getByRole('button', { name: 'what about plover6?', exact: true }).click()
    mayBegin.resolve()
    await me.list.getByRole('button', { name: 'what about tern23?', exact: true }).waitFor()
    expect(await me.page.getByRole('heading', { level: 2, name: 'what about plover6?' }).count()).toBe(1)
    await me.list.getByRole('button', { name: 'what about tern23?', exact: true }).click()
    await me.whole('tern23')
  })

  test('may change their words before the history has told its name for them', async () => {
    const me = await house.chat()
    const mayTell = Promise.withResolvers<void>()
    await me.page.route(/\/api\/conversations\/[0-9a-f]{24}\?/, async route => {
      await mayTell.promise
      await route.continue()
    })
    await me.say('what about stork12?')
    await me.whole('stork12')
    await me.field.press('ArrowUp')
    await me.page.getByRole('textbox', { name: 'Your words' }).fill('what about crane13?')
    await me.page.keyboard.press('Enter')
    mayTell.resolve()
    await me.whole('crane13')
    expect(await me.page.getByRole('article').filter({ hasText: 'stork12' }).count()).toBe(0)
  })
})

test('whoever closes a dialog opens the next one with the very next key', async () => {
  const me = await house.chat()
  const sheet = me.page.getByRole('dialog', { name: 'What Aeries knows of you' })
  const toggle = press('k', "code: 'KeyK', altKey: true")
  for (let times = 0; times < 3; times += 1) {
    await me.page.evaluate(
      `(async () => { ${toggle}; await null; ${click('dialog [aria-label=Close]')}; await null })()`,
    )
    expect(await sheet.count()).toBe(0)
  }
  await me.page.evaluate(
    `(async () => { ${toggle}; await null; ${click('dialog [aria-label=Close]')}; await null; ${toggle} })()`,
  )
  await sheet.waitFor()
  await me.page.keyboard.press('Escape')
  await sheet.waitFor({ state: 'detached' })
  expect(await me.page.evaluate(field)).toBe('Message Aeries')
})
