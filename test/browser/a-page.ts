import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser, BrowserContextOptions, Locator, Page } from 'playwright-core'

/** Pictures of a run, for whoever wants to see it afterwards. */
const artefacts = '.vitest/browser'

type Platform = 'discord' | 'slack'

/** `npm run playground` with a database of its own. */
export class APlaygroundServer implements AsyncDisposable {
  readonly #folder = mkdtempSync(join(tmpdir(), 'aeries-page-'))
  readonly #child
  readonly #closed
  #output = ''

  constructor(pace = 'l40s-8b', environment: Readonly<Record<string, string>> = {}) {
    const { PATH = '' } = process.env
    const DATABASE_PATH = join(this.#folder, 'aeries.db')
    this.#child = spawn(process.execPath, ['playground/main.ts', '--pace', pace], {
      env: { PATH, DATABASE_PATH, PLAYGROUND_PORT: '0', WEB_PORT: '0', OBSERVER_QUIET_MS: '300', ...environment },
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    this.#closed = once(this.#child, 'close')
    this.#child.stdout.setEncoding('utf8').on('data', text => {
      this.#output += text
    })
  }

  /** The address, once it was printed: it is the first that is. */
  async url(): Promise<string> {
    return await this.#shows(/^Aeries' playground: (http:\S+)\n/)
  }

  /** Until the service answers people. */
  async ready(): Promise<string> {
    await this.#shows(/Aeries is here/)
    return await this.url()
  }

  /** Where the chat page is, once it is there. */
  async web(): Promise<string> {
    await this.ready()
    return await this.#shows(/^ +Web +(http:[^\s,]+)/m)
  }

  get log(): string {
    return readFileSync(join(this.#folder, 'service.log'), 'utf8')
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#child.kill('SIGTERM')
    await this.#closed
    rmSync(this.#folder, { recursive: true, force: true })
  }

  async #shows(pattern: RegExp): Promise<string> {
    while (!pattern.test(this.#output)) await Promise.race([once(this.#child.stdout, 'data'), this.#gone()])
    return pattern.exec(this.#output)?.[1] ?? ''
  }

  async #gone(): Promise<never> {
    await this.#closed
    throw new Error(`The playground ended:\n${this.#output}`)
  }
}

/** The page as a person has it before them. */
export class APage implements AsyncDisposable {
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

  static async open(browser: Browser, url: string, options: BrowserContextOptions = {}): Promise<APage> {
    const context = await browser.newContext({
      viewport: { width: 1600, height: 960 },
      reducedMotion: 'reduce',
      ...options,
    })
    context.setDefaultTimeout(30_000)
    const opened = new APage(await context.newPage())
    await opened.page.goto(url)
    await opened.page.locator('.messages').first().waitFor()
    return opened
  }

  pane(platform: Platform): Locator {
    return this.page.locator(`section.${platform}`)
  }

  async go(platform: Platform, place: string): Promise<void> {
    await this.pane(platform).getByRole('navigation').first().getByRole('button', { name: place }).click()
  }

  async speakAs(name: string): Promise<void> {
    await this.page.getByRole('radio', { name, exact: true }).check()
  }

  async say(platform: Platform, text: string): Promise<void> {
    const field = this.pane(platform).getByRole('textbox', { name: /^Message / })
    await field.fill(text)
    await this.pane(platform).getByRole('button', { name: 'Send' }).click()
  }

  /** The newest message of Aeries in the open place that says this. */
  answer(platform: Platform, words: string | RegExp): Locator {
    return this.pane(platform).locator('.message[data-author=aeries]').filter({ hasText: words }).last()
  }

  async weather(turn: (panel: Locator) => Promise<void>): Promise<void> {
    await this.page.getByRole('button', { name: 'Weather' }).click()
    const panel = this.page.getByRole('region', { name: 'Weather' })
    await turn(panel)
    await this.page.keyboard.press('Escape')
  }

  async inside(tab: string): Promise<Locator> {
    await this.page.getByRole('tab', { name: tab }).click()
    return this.page.getByRole('tabpanel')
  }

  async picture(name: string): Promise<void> {
    mkdirSync(artefacts, { recursive: true })
    await this.page.screenshot({ path: join(artefacts, `${name}.png`) })
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.page.context().close()
  }
}
