import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** `npm run playground` with a database of its own. */
export class APlayground implements AsyncDisposable {
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
