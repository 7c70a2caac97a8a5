import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** `npm run playground -- --terminal` in a pipe, with a database of its own. */
export class APlayground implements AsyncDisposable {
  readonly #folder = mkdtempSync(join(tmpdir(), 'aeries-playground-'))
  readonly #child
  readonly #closed
  readonly #wakes = new Set<() => void>()
  output = ''
  errors = ''

  constructor(environment: Readonly<Record<string, string>> = {}) {
    const { PATH = '' } = process.env
    const DATABASE_PATH = join(this.#folder, 'aeries.db')
    this.#child = spawn(process.execPath, ['playground/main.ts', '--terminal', '--pace', 'instant'], {
      env: { PATH, DATABASE_PATH, ...environment },
    })
    this.#closed = once(this.#child, 'close')
    this.#child.stdout.setEncoding('utf8').on('data', text => {
      this.output += text
      for (const wake of [...this.#wakes]) wake()
    })
    this.#child.stderr.setEncoding('utf8').on('data', text => {
      this.errors += text
    })
  }

  /** Types lines; all at once, they take turns. */
  type(...lines: readonly string[]): void {
    this.#child.stdin.write(lines.map(line => `${line}\n`).join(''))
  }

  /** Ends the input and waits for the exit code. */
  end(): Promise<number | null> {
    this.#child.stdin.end()
    return this.ended()
  }

  /** Sends signals and waits for the exit code; the input stays open. */
  interrupt(...signals: readonly NodeJS.Signals[]): Promise<number | null> {
    for (const signal of signals) this.#child.kill(signal)
    return this.ended()
  }

  /** Waits for the exit code. */
  async ended(): Promise<number | null> {
    await this.#closed
    return this.#child.exitCode
  }

  /** Waits until these words are in the output. */
  async shows(words: string): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>()
    const look = () => {
      if (this.output.includes(words)) resolve()
    }
    this.#wakes.add(look)
    look()
    await Promise.race([promise, this.#closed])
    this.#wakes.delete(look)
    if (!this.output.includes(words)) throw new Error(`It ended without "${words}":\n${this.output}${this.errors}`)
  }

  async [Symbol.asyncDispose](): Promise<void> {
    if (this.#child.exitCode === null) {
      this.#child.kill('SIGTERM')
      await this.#closed
    }
    rmSync(this.#folder, { recursive: true, force: true })
  }
}
