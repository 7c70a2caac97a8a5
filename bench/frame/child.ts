import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('../..', import.meta.url))
const keptLines = 40
const stopWithinMs = 3_000

export type ChildPlan = Readonly<{
  /** From the root of the repository. */
  script: string
  args?: readonly string[]
  environment?: Readonly<Record<string, string>>
  /** Flags of Node itself. */
  flags?: readonly string[]
}>

/** The plan with more in its environment. */
export function inEnvironment(plan: ChildPlan, environment: Readonly<Record<string, string>>): ChildPlan {
  return { ...plan, environment: { ...plan.environment, ...environment } }
}

/** A process of a bench: what it measures, or what it measures with. Disposing ends it. */
export class Child implements AsyncDisposable {
  readonly #process: ChildProcess
  readonly #words: string[] = []
  readonly #ended = new AbortController()

  constructor({ script, args = [], environment = {}, flags = [] }: ChildPlan) {
    this.#process = fork(script, args, {
      cwd: root,
      env: { ...process.env, ...environment },
      execArgv: [...flags],
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    })
    for (const stream of [this.#process.stdout, this.#process.stderr]) {
      if (stream) createInterface({ input: stream }).on('line', line => this.#hear(line))
    }
    const orphan = () => void this.#process.kill('SIGKILL')
    process.once('exit', orphan)
    this.#process.once('close', code => {
      process.removeListener('exit', orphan)
      const words = this.#words.join('\n')
      this.#ended.abort(new Error(`${script} ended with code ${code}. Its last words:\n${words}`))
    })
  }

  /** Aborted once the process is gone, with its last words. */
  get ended(): AbortSignal {
    return this.#ended.signal
  }

  /** What it last wrote to its outputs. */
  get words(): readonly string[] {
    return this.#words
  }

  /** The next message that it sends. Rejects when it ends before that. */
  async heard<Message>(signal: AbortSignal): Promise<Message> {
    const [message] = await once(this.#process, 'message', { signal: AbortSignal.any([signal, this.ended]) }).catch(
      () => {
        signal.throwIfAborted()
        throw this.ended.reason
      },
    )
    return message as Message
  }

  tell(message: object): void {
    this.#process.send(message)
  }

  async [Symbol.asyncDispose](): Promise<void> {
    if (this.ended.aborted) return
    const closed = once(this.#process, 'close')
    this.#process.kill('SIGTERM')
    const last = setTimeout(() => this.#process.kill('SIGKILL'), stopWithinMs)
    await closed
    clearTimeout(last)
  }

  #hear(line: string): void {
    this.#words.push(line)
    if (this.#words.length > keptLines) this.#words.shift()
  }
}
