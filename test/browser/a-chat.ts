import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Browser, BrowserContextOptions, Locator, Page } from 'playwright-core'

const artefacts = '.vitest/browser'

/** The chat page as a person has it before them. */
export class AChat implements AsyncDisposable {
  readonly page: Page
  /** What the browser complained of. */
  readonly complaints: string[] = []

  private constructor(page: Page) {
    this.page = page
    page.on('console', message => {
      if (message.type() === 'error' || message.type() === 'warning') this.complaints.push(message.text())
    })
    page.on('pageerror', error => this.complaints.push(String(error.stack)))
  }

  static async open(browser: Browser, url: string, options: BrowserContextOptions = {}): Promise<AChat> {
    const context = await browser.newContext({
      viewport: { width: 1280, height: 860 },
      reducedMotion: 'reduce',
      permissions: ['clipboard-read', 'clipboard-write'],
      ...options,
    })
    context.setDefaultTimeout(20_000)
    const opened = new AChat(await context.newPage())
    await opened.page.goto(url)
    await opened.field.waitFor()
    return opened
  }

  get field(): Locator {
    return this.page.getByRole('textbox', { name: 'Message Aeries' })
  }

  /** The newest answer that says this. */
  answer(words: string | RegExp): Locator {
    return this.page.getByRole('article', { name: 'Aeries' }).filter({ hasText: words }).last()
  }

  /** The newest answer, once nothing more comes. */
  async whole(words: string | RegExp): Promise<Locator> {
    const answer = this.answer(words)
    await answer.and(this.page.locator('[data-state=whole]')).waitFor()
    return answer
  }

  get list(): Locator {
    return this.page.getByRole('navigation', { name: 'All conversations' })
  }

  async say(words: string): Promise<void> {
    await this.field.fill(words)
    await this.field.press('Enter')
  }

  async begin(): Promise<void> {
    await this.page.getByRole('button', { name: 'New', exact: true }).click()
  }

  button(name: string | RegExp): Locator {
    return this.page.getByRole('button', { name })
  }

  async picture(name: string): Promise<void> {
    mkdirSync(artefacts, { recursive: true })
    await this.page.screenshot({ path: join(artefacts, `${name}.png`) })
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.page.context().close()
  }
}
