import { beforeEach, describe, expect, test } from 'vitest'
import type { AChat } from './a-chat.ts'
import { aHouse } from './a-house.ts'
import { findFaults } from './find-faults.ts'

// What a browser says of a line that is gone is no fault of the page.
const house = aHouse({ pace: 'h100-8b', environment: { MESSAGES_PER_MINUTE: '1000' }, forgives: /net::ERR_/ })
let me: AChat

beforeEach(async () => {
  me = await house.chat()
})

describe('a person on the chat page', () => {
  test('begins a conversation, sees the answer grow in bare words, and reads it with coloured code when it is whole', async () => {
    await house.holds('terns', 100)
    await me.say('show me code about terns')
    const answer = me.answer('small piece of')
    await answer.locator('.raw').filter({ hasText: '```' }).waitFor()
    expect(await answer.locator('pre').count()).toBe(0)
    await house.letGo()
    await me.whole('not a language model')
    await answer.locator('pre .hljs-keyword').first().waitFor()
    await answer.getByRole('button', { name: 'Copy the code' }).click()
    await expect.poll(() => me.page.evaluate('navigator.clipboard.readText()')).toContain('def ')
    await me.list.getByRole('button', { name: 'show me code about terns', exact: true }).waitFor()
    await me.page.reload()
    await me.whole('not a language model')
  })

  test('stops an answer by Escape, has it go on, and has it given again', async () => {
    await house.holds('plovers', 120)
    await me.say('tell me a story about plovers')
    await me.answer('part 1').locator('.raw').waitFor()
    await me.field.press('Escape')
    const stopped = await me.whole('Here is a story')
    expect(await stopped.textContent()).not.toContain('part 3')
    await me.button('Go on from here').click()
    await me.whole('part 3')
    await house.holds('plovers', 60)
    await me.button('Try again').click()
    await me.page.locator('.answer[data-state=growing]').waitFor()
    await house.letGo()
    await me.whole('part 3')
    expect(await me.page.getByRole('article', { name: 'Aeries' }).count()).toBe(1)
  })

  test('changes the newest words, which are answered anew', async () => {
    await me.say('what about kite42?')
    await me.whole('kite42')
    await me.field.press('ArrowUp')
    await me.page.getByRole('textbox', { name: 'Your words' }).fill('what about heron11?')
    await me.page.keyboard.press('Enter')
    await me.whole('heron11')
    expect(await me.page.getByRole('article').filter({ hasText: 'kite42' }).count()).toBe(0)
  })

  test('says that an answer is not good, and why, and takes it back', async () => {
    await me.say('what about gull17?')
    await me.whole('gull17')
    await me.button('Not a good answer').click()
    const toast = await me.lookOut('.toast')
    await me.button('Too long').click()
    await toast()
    await me.page.reload()
    await me.page.locator('button[aria-pressed=true]', { hasText: 'Too long' }).waitFor()
    const withdrawn = me.page.waitForResponse(one => one.request().method() === 'DELETE')
    await me.button('Not a good answer').click()
    expect((await withdrawn).status()).toBe(200)
    expect(await me.button('Too long').count()).toBe(0)
    await me.page.reload()
    await me.whole('gull17')
    expect(await me.page.locator('.answer [aria-pressed=true]').count()).toBe(0)
    await me.page.getByRole('button', { name: 'Good answer', exact: true }).click()
    await me.page.locator('.answer [aria-pressed=true]').waitFor()
    await house.holds('gull17', 60)
    await me.button('Try again').click()
    await me.page.locator('.answer[data-state=growing]').waitFor()
    await house.letGo()
    await me.whole('gull17')
    expect(await me.page.locator('.answer [aria-pressed=true]').count()).toBe(0)
  })

  test('finds a conversation by its words, renames it, and deletes it', async () => {
    await me.say('what about the capercaillie?')
    await me.whole('capercaillie')
    await me.begin()
    await me.page.keyboard.press('Control+k')
    await me.page.keyboard.type('capercail')
    const item = me.page.getByRole('region', { name: 'Found' }).getByRole('button', { name: /what about the caper/ })
    await item.first().click()
    await me.whole('capercaillie')
    await me.page.getByRole('searchbox').fill('')
    await me.list.getByRole('button', { name: 'Rename what about the capercaillie?' }).click()
    await me.page.getByRole('textbox', { name: 'Name of the conversation' }).fill('Grouse')
    await me.page.keyboard.press('Enter')
    await me.page.getByRole('heading', { name: 'Grouse' }).waitFor()
    await me.list.getByRole('button', { name: 'Delete Grouse' }).click()
    await me.page.getByRole('dialog').getByRole('button', { name: 'Delete', exact: true }).click()
    await me.list.getByRole('button', { name: 'Grouse', exact: true }).waitFor({ state: 'detached' })
    expect(await me.page.getByText('capercaillie').count()).toBe(0)
  })

  test('sees what Aeries knows of them, puts it right, and has it forgotten', async () => {
    await me.say('Please keep it short, and call me Mi.')
    await me.whole('not a language model')
    const sheet = me.page.getByRole('dialog', { name: 'What Aeries knows of you' })
    const isKnown = async () => {
      await me.page.keyboard.press('Alt+k')
      await sheet.locator('.known, .knows-none').first().waitFor()
      const known = await sheet.locator('.known').filter({ hasText: 'Mi' }).count()
      if (known === 0) await me.page.keyboard.press('Escape')
      return known
    }
    await expect.poll(isKnown, { timeout: 60_000, interval: 500 }).toBeGreaterThan(0)
    await sheet.getByRole('button', { name: /^Correct: Call them "Mi"/ }).click()
    await me.page.keyboard.type('Mira')
    await me.page.keyboard.press('Enter')
    await sheet.getByText('Call them "Mira"').waitFor()
    expect(await findFaults(me.page)).toEqual([])
    await sheet.getByRole('button', { name: /^Forget: Call them "Mira"/ }).click()
    await sheet.getByRole('button', { name: 'Forget', exact: true }).click()
    await sheet.getByText('Call them "Mira"').waitFor({ state: 'detached' })
    await sheet.getByRole('button', { name: 'Forget everything…' }).click()
    await sheet.getByRole('button', { name: 'Forget all' }).click()
    await sheet.getByText('It is all gone').waitFor()
  })
})

describe('the line', () => {
  test('may be gone: what was written is kept, told so, and answered when one is back', async () => {
    await me.say('what about stork12?')
    await me.whole('stork12')
    await me.page.context().setOffline(true)
    await me.say('what about crane13?')
    await me.page.getByText('You are offline').waitFor()
    await me.page.getByText('Kept: goes out').waitFor()
    await me.page.context().setOffline(false)
    await me.whole('crane13')
    await me.page.getByText('You are offline').waitFor({ state: 'detached' })
  })

  test('may be cut in the middle of an answer, which goes on where it was', async () => {
    let cuts = 0
    await me.page.route('**/api/chat', async route => {
      // Half of what came, and then nothing: as a proxy cuts it.
      const response = await route.fetch()
      const events = (await response.text()).split('\n\n')
      cuts += 1
      await route.fulfill({ response, body: `${events.slice(0, events.length / 2).join('\n\n')}\n\n` })
    })
    await me.say('tell me a story about avocets')
    const answer = await me.whole('part 3')
    expect(cuts).toBe(1)
    const words = (await answer.locator('.rich').textContent()) ?? ''
    for (const part of ['part 1', 'part 2', 'part 3']) expect(words.split(part)).toHaveLength(2)
  })

  test('may lead to a model that rests: people read so kindly, and the answer comes by itself', async () => {
    const desk = await house.desk()
    await desk.weather(panel => panel.getByRole('radio', { name: 'Down' }).check())
    await me.say('what about petrel5?')
    await me.answer('Aeries is resting').waitFor()
    await me.page.getByText('The answer comes here by itself').waitFor()
    expect(await findFaults(me.page)).toEqual([])
    await desk.weather(panel => panel.getByRole('radio', { name: 'Up' }).check())
    await me.whole('petrel5')
    expect(await me.page.getByRole('article').filter({ hasText: 'Aeries is resting' }).count()).toBe(0)
  })
})
