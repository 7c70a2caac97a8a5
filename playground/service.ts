import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createWriteStream, mkdirSync, type WriteStream } from 'node:fs'
import { dirname } from 'node:path'
import { createInterface } from 'node:readline'
import type { Readable } from 'node:stream'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { readServiceLine, type ServiceLine } from './service-line.ts'
import { Feed } from './stand-in/feed.ts'

type ServiceParts = Readonly<{
  environment: Readonly<Record<string, string | undefined>>
  logPath: string
  /** Resolves when the service that is being started has reached its platforms. */
  ready(signal: AbortSignal): Promise<unknown>
}>

/** What the service says, and that it went without being asked to. */
export type ServiceEvent = Readonly<{ type: 'line'; line: ServiceLine } | { type: 'lost'; how: string }>

/** The service did not come up; the message holds its own words. */
export class ServiceFailed extends Error {
  override readonly name = 'ServiceFailed'
}

const root = fileURLToPath(new URL('..', import.meta.url))
const startWithinMs = 60_000 // a cold machine reads some thousand files first, and a busy one lets it wait for its turns
const stopWithinMs = 12_000 // the service's own last resort is 8 s
const keptLines = 500

/** Aeries itself, as a child process of its own: `src/main.ts` under the Node that runs this. */
export class Service implements AsyncDisposable {
  readonly events = new Feed<ServiceEvent>()
  readonly #parts: ServiceParts
  readonly #log: WriteStream
  readonly #lines: ServiceLine[] = []
  #child: ChildProcess | undefined
  #isExpectedToGo = false

  constructor(parts: ServiceParts) {
    this.#parts = parts
    mkdirSync(dirname(parts.logPath), { recursive: true })
    this.#log = createWriteStream(parts.logPath)
  }

  get isRunning(): boolean {
    return this.#child !== undefined
  }

  /** The newest lines that it wrote, oldest first. */
  get lines(): readonly ServiceLine[] {
    return this.#lines
  }

  /** Starts it and waits until it is there. Rejects with `ServiceFailed` when it ends before that. */
  async start(signal: AbortSignal): Promise<void> {
    const from = this.#lines.length
    const child = this.#spawn()
    const gone = new AbortController()
    child.once('close', () => gone.abort())
    const late = AbortSignal.timeout(startWithinMs)
    try {
      await this.#parts.ready(AbortSignal.any([signal, gone.signal, late]))
    } catch (cause) {
      signal.throwIfAborted()
      const said = this.#lines.slice(from).map(({ words }) => words)
      const how = late.aborted ? `was not there within ${startWithinMs / 1_000} s` : 'ended before it was there'
      throw new ServiceFailed([`The service ${how}. Its words:`, ...said].join('\n'), { cause })
    }
  }

  /** SIGTERM, and the end of it. False when it had to be killed. */
  async stop(): Promise<boolean> {
    const child = this.#child
    if (child === undefined) return true
    this.#isExpectedToGo = true
    const closed = once(child, 'close')
    child.kill('SIGTERM')
    const patience = new AbortController()
    const isClosed = await Promise.race([
      closed.then(() => true),
      sleep(stopWithinMs, false, { signal: patience.signal }),
    ])
    patience.abort()
    if (!isClosed) await this.kill()
    return isClosed
  }

  /** SIGKILL: what a power cut is to it. */
  async kill(): Promise<void> {
    const child = this.#child
    if (child === undefined) return
    this.#isExpectedToGo = true
    const closed = once(child, 'close')
    child.kill('SIGKILL')
    await closed
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.stop()
    await new Promise(resolve => this.#log.end(resolve))
  }

  #spawn(): ChildProcess {
    const child = spawn(process.execPath, ['src/main.ts'], {
      cwd: root,
      env: this.#parts.environment,
      stdio: ['ignore', 'pipe', 'pipe'],
      // A group of its own: Ctrl-C reaches the playground alone, which then takes the service down kindly and once.
      detached: true,
    })
    this.#child = child
    this.#isExpectedToGo = false
    for (const stream of [child.stdout, child.stderr]) this.#listen(stream)
    // The last word of a playground that dies of a fault of its own.
    const orphan = () => void child.kill('SIGKILL')
    process.once('exit', orphan)
    child.once('close', (code, signal) => {
      process.removeListener('exit', orphan)
      this.#child = undefined
      const how = signal === null ? `with code ${code}` : `by ${signal}`
      if (!this.#isExpectedToGo) this.events.emit({ type: 'lost', how })
    })
    return child
  }

  #listen(stream: Readable): void {
    createInterface({ input: stream }).on('line', text => {
      this.#log.write(`${text}\n`)
      const line = readServiceLine(text)
      this.#lines.push(line)
      if (this.#lines.length > keptLines) this.#lines.shift()
      this.events.emit({ type: 'line', line })
    })
  }
}
