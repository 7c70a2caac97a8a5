import { type ChildProcess, spawn } from 'node:child_process'
import { EventEmitter, once } from 'node:events'
import { fileURLToPath } from 'node:url'

/** A process of its own that runs a script of this folder; what it prints is read line by line. */
export class Script implements AsyncDisposable {
  readonly process: ChildProcess
  readonly #ended: Promise<unknown>
  readonly #news = new EventEmitter()
  #hasEnded = false
  #said = ''

  constructor(name: string, args: readonly string[], account?: number) {
    const file = fileURLToPath(new URL(name, import.meta.url))
    const as = account === undefined ? {} : { uid: account, gid: account }
    this.process = spawn(process.execPath, [file, ...args], { stdio: ['pipe', 'pipe', 'pipe'], ...as })
    for (const stream of [this.process.stdout, this.process.stderr]) {
      stream?.setEncoding('utf8').on('data', (text: string) => {
        this.#said += text
        this.#news.emit('news')
      })
    }
    this.#ended = once(this.process, 'close').then(() => {
      this.#hasEnded = true
      this.#news.emit('news')
    })
  }

  /** What it printed so far, the last line only when it is whole. */
  get lines(): readonly string[] {
    return this.#said.split('\n').slice(0, -1)
  }

  /** Resolves once it printed so many lines, or ended. */
  async printed(count: number): Promise<readonly string[]> {
    while (this.lines.length < count && !this.#hasEnded) await once(this.#news, 'news')
    return this.lines
  }

  async kill(): Promise<void> {
    this.process.kill('SIGKILL')
    await this.#ended
  }

  async end(): Promise<readonly string[]> {
    await this.#ended
    return this.lines
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.kill()
  }
}
