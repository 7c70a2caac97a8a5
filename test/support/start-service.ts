import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { patience } from './patience.ts'

const repository = fileURLToPath(new URL('../..', import.meta.url))

/** `npm start` as a process of its own. Nothing of this machine's settings gets into it. */
export class Service implements AsyncDisposable {
  readonly #process: ChildProcess
  readonly #ended: Promise<unknown>
  #said = ''

  /** It starts in the repository, or in another folder. */
  constructor(settings: Readonly<Record<string, string>>, folder = repository) {
    const env = { PATH: process.env['PATH'], LOG_LEVEL: 'debug', OPS_PORT: 'off', ...settings }
    this.#process = spawn(process.execPath, [`${repository}/src/main.ts`], {
      cwd: folder,
      env,
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    for (const stream of [this.#process.stdout, this.#process.stderr]) {
      stream?.setEncoding('utf8').on('data', (text: string) => {
        this.#said += text
      })
    }
    this.#ended = once(this.#process, 'close')
  }

  /** All that it printed so far, on both streams. */
  get said(): string {
    return this.#said
  }

  /** Resolves once it has printed that. */
  async says(words: string): Promise<void> {
    const signal = patience()
    while (!this.#said.includes(words)) {
      if (this.#process.exitCode !== null) throw new Error(`it ended without saying "${words}": ${this.#said}`)
      const next = [this.#process.stdout, this.#process.stderr].map(
        stream => stream && once(stream, 'data', { signal }),
      )
      await Promise.race([...next, this.#ended]).catch((cause: unknown) => {
        throw new Error(`it did not say "${words}" in time: ${this.#said}`, { cause })
      })
    }
  }

  kill(signal: NodeJS.Signals): void {
    this.#process.kill(signal)
  }

  /** How it ended. */
  async exit(): Promise<number | NodeJS.Signals | null> {
    await this.#ended
    return this.#process.exitCode ?? this.#process.signalCode
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#process.kill('SIGKILL')
    await this.#ended
  }
}
