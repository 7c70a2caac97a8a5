import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { aHouse } from './a-house.ts'
import { loadOf } from './page-load.ts'

const house = aHouse()

const long = 'a'.repeat(24)
const words = 'The tide comes in twice a day, and **nobody** has yet told it not to. '

/** A conversation of 10,000 messages, read by pages as the door gives them. */
async function giveLongTalk(page: Page): Promise<void> {
  const at = new Date(2026, 0, 1).toISOString()
  const messages = Array.from({ length: 10_000 }, (_, index) => {
    const turn = `${long}-${String(index - (index % 2)).padStart(16, '0')}`
    const code = index % 14 === 1 ? '\n\n```ts\nconst tide = (hours: number) => Math.cos(hours / 12.42)\n```' : ''
    const text = `(${index}) ${words.repeat(1 + (index % 5))}${code}`
    return index % 2 === 0
      ? { role: 'person', text: `${index}. What of the tide?`, at, messageIds: [`web:-:${long}/${turn}`], turnId: turn }
      : { role: 'aeries', text, at, messageIds: [`web:-:${long}/${turn}r`], outcome: 'done', note: null }
  })
  await page.route(`**/api/conversations/${long}*`, async route => {
    const query = new URL(route.request().url()).searchParams
    const end = Number(query.get('before')?.split('.')[0] ?? messages.length)
    const from = Math.max(0, end - Number(query.get('limit')))
    await route.fulfill({
      json: {
        ...{ id: long, title: 'The tide', begunAt: at, lastAt: at, persona: null },
        messages: messages.slice(from, end),
        before: from === 0 ? null : `${from}.0`,
      },
    })
  })
  await page.route(`**/api/conversations/${long}/events`, route =>
    route.fulfill({ contentType: 'text/event-stream', body: 'retry: 600000\n\n: here\n\n' }),
  )
}

type Scrolled = Readonly<{ frames: number; seconds: number }>
/** One draws the page, one what was drawn: the smallest machine that people have. */
const cores = 2
/** A frame that needs more than two of them is seen as a stutter, in ms. */
const refreshMs = 1000 / 60

/** Turns a wheel upwards, some thirty screens in a second, to the very first message; how many frames came in a second. */
const scrollUp = `new Promise(resolve => {
  const box = document.querySelector('.scroller-box')
  const began = performance.now()
  let frames = 0
  let last = began
  let atTop = 0
  const step = now => {
    performance.mark('frame')
    frames += 1
    box.scrollTop -= (now - last) * 30
    last = now
    atTop = box.scrollTop < 1 && document.querySelector('.above .shades') === null ? atTop + 1 : 0
    if (atTop > 30) resolve({ frames, seconds: (now - began) / 1000 })
    else requestAnimationFrame(step)
  }
  requestAnimationFrame(step)
})`

test('ten thousand messages scroll by without a stutter, from the newest to the first', async () => {
  const page = await house.blank({ viewport: { width: 1280, height: 860 } })
  await giveLongTalk(page)
  await page.goto(`${house.address()}/#/${long}`)
  await page.getByText('(9999) The tide').waitFor()
  const { told, meanMs, mostMs, wholeMs, isFree } = await loadOf(
    page,
    () => page.evaluate(scrollUp) as Promise<Scrolled>,
  )
  await page.getByText('0. What of the tide?', { exact: true }).waitFor()
  const [able, seen, allMs] = [1000 / meanMs, told.frames / told.seconds, wholeMs / told.frames]
  process.stdout.write(
    `10,000 messages: ${able.toFixed(0)} frames/s by the CPU time that the page needs (${meanMs.toFixed(1)} ms a frame, 95 % ` +
      `within ${mostMs.toFixed(1)} ms, the whole browser ${allMs.toFixed(1)} ms); ${seen.toFixed(1)} frames/s were seen ` +
      `${isFree ? 'on a free machine' : 'on a machine that others use'}\n`,
  )
  // The clock of the page's thread stands while others have its core: it tells of the page, and not of them.
  expect(able).toBeGreaterThan(50)
  expect(mostMs).toBeLessThan(2 * refreshMs)
  expect(allMs).toBeLessThan((cores * 1000) / 50)
  // What is seen tells of the page only where it has a core whenever it wants one.
  if (isFree) expect(seen).toBeGreaterThan(50)
  expect(await page.evaluate('document.querySelectorAll("article").length')).toBeLessThan(400)
  await page.context().close()
}, 240_000)
