import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, expect } from 'vitest'
import { AChat } from './a-chat.ts'
import { ADesk } from './a-desk.ts'
import { APlayground } from './a-playground.ts'
import { type AWindow, blankPage } from './a-window.ts'
import { openBrowser } from './open-browser.ts'

type Wish = Readonly<{
  /** How fast the scripted model is. */
  pace?: string
  environment?: Readonly<Record<string, string>>
  /** What a browser may complain of here. */
  forgives?: RegExp
}>

type House = Readonly<{
  /** A window on the chat page, at its beginning or at that address. */
  chat(options?: BrowserContextOptions, address?: string): Promise<AChat>
  /** A window on the playground's page. */
  desk(options?: BrowserContextOptions): Promise<ADesk>
  /** Nothing yet, in a context of its own. */
  blank(options: BrowserContextOptions): Promise<Page>
  /** Where the chat page is. */
  address(): string
  /**
   * The next answer to a question with these words comes to a halt after so many tokens, until the model is let go: what is seen only
   * while an answer grows can be looked at then, however slow somebody is. Let go what has begun to be given: what is asked later waits.
   */
  holds(question: string, tokens: number): Promise<void>
  letGo(): Promise<void>
}>

/** Nothing that was held is taken for a model that hangs. */
const patient = { VLLM_IDLE_MS: '90000', VLLM_TOTAL_MS: '240000' }
const chatSize = { width: 1280, height: 860 }
const deskSize = { width: 1600, height: 960 }

/** One Aeries and one browser for all tests of a file. What a test opens is closed behind it, and must have complained of nothing. */
export function aHouse({ pace, environment, forgives }: Wish = {}): House {
  const windows: AWindow[] = []
  let [browser, playground]: [Browser?, APlayground?] = []
  let [desk, web] = ['', '']
  beforeAll(async () => {
    playground = new APlayground(pace, { ...patient, ...environment })
    ;[browser, desk, web] = await Promise.all([openBrowser(), playground.ready(), playground.web()])
  })
  afterAll(async () => {
    await browser?.close()
    await playground?.[Symbol.asyncDispose]()
  })
  afterEach(async ({ task }) => {
    const opened = windows.splice(0)
    for (const [at, one] of opened.entries()) {
      if (task.result?.state === 'fail')
        await one.picture(`failed-${task.name.replace(/\W+/g, '-').slice(0, 40)}-${at}`)
      await one[Symbol.asyncDispose]()
    }
    const complaints = opened.flatMap(one => one.complaints)
    expect(complaints.filter(one => !forgives?.test(one))).toEqual([])
  })
  const blank = async (options: BrowserContextOptions) => {
    if (browser === undefined) throw new Error('A house is there once its tests begin.')
    return await blankPage(browser, options)
  }
  const shown = async <One extends AWindow>(one: One, url: string) => {
    windows.push(one)
    return await one.show(url)
  }
  const tellModel = async (call: 'script' | 'state', words: object) => {
    // A line that was kept open since the last time may have been closed at its other end, which a worker that stood still has not read.
    const headers = { connection: 'close' }
    const told = await fetch(new URL(`/model/${call}`, desk), { method: 'POST', headers, body: JSON.stringify(words) })
    expect(told.status, await told.text()).toBe(200)
  }
  const forCopying = { permissions: ['clipboard-read', 'clipboard-write'] }
  return {
    blank,
    address: () => web,
    holds: (question, tokens) =>
      tellModel('script', { match: { question, stream: true }, fault: { kind: 'hold', at: tokens } }),
    letGo: () => tellModel('state', { health: 'ok' }),
    chat: async (options, address = web) =>
      await shown(new AChat(await blank({ viewport: chatSize, ...forCopying, ...options })), address),
    desk: async options => await shown(new ADesk(await blank({ viewport: deskSize, ...options })), desk),
  }
}
