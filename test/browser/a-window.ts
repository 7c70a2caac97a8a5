import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Browser, BrowserContextOptions, Locator, Page } from 'playwright-core'

/** Pictures of a run, for whoever wants to see it afterwards. */
const artefacts = '.vitest/browser'
/** Ends a test that waits for what never comes, in ms. */
const patienceMs = 60_000

/** A page as a person has it before them. */
export abstract class AWindow implements AsyncDisposable {
  readonly page: Page
  /** What the browser complained of. */
  readonly complaints: string[] = []

  constructor(page: Page) {
    this.page = page
    page.on('console', message => {
      if (message.type() === 'error' || message.type() === 'warning') this.complaints.push(message.text())
    })
    page.on('pageerror', error => this.complaints.push(String(error.stack)))
  }

  /** What is there once a person can begin. */
  protected abstract readonly beginning: Locator

  async show(url: string): Promise<this> {
    await this.page.goto(url)
    await this.beginning.waitFor()
    return this
  }

  button(name: string | RegExp): Locator {
    return this.page.getByRole('button', { name })
  }

  /** Has the page itself look out for what stands only for a moment, from now on; what comes back resolves once it was seen. */
  async lookOut(selector: string): Promise<() => Promise<void>> {
    await this.page.evaluate(`
      window.seen = new Promise(resolve => {
        const look = () => document.querySelector(${JSON.stringify(selector)}) && resolve()
        new MutationObserver(look).observe(document, { subtree: true, childList: true })
        look()
      })
      undefined
    `)
    return async () => await this.page.evaluate('window.seen')
  }

  async picture(name: string): Promise<void> {
    mkdirSync(artefacts, { recursive: true })
    await this.page.screenshot({ path: join(artefacts, `${name}.png`) })
  }

  async [Symbol.asyncDispose](): Promise<void> {
    // What the page still asks for in the background is answered by nobody any more.
    await this.page.unrouteAll({ behavior: 'ignoreErrors' })
    await this.page.context().close()
  }
}

/** An empty page in a context of its own, as if nobody had used the browser before. */
export async function blankPage(browser: Browser, options: BrowserContextOptions): Promise<Page> {
  const context = await browser.newContext({ reducedMotion: 'reduce', ...options })
  context.setDefaultTimeout(patienceMs)
  return await context.newPage()
}
