import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { z } from 'zod'
import { patience } from './patience.ts'

const playground = fileURLToPath(new URL('../../playground', import.meta.url))

const greeting = z.object({
  apiUrl: z.url(),
  token: z.string().default(''),
  botToken: z.string().default(''),
  appToken: z.string().default(''),
})

/** A stand-in of a platform in a process of its own, which can be frozen: its sockets stay open, and nothing comes from them. */
export class StandInProcess implements AsyncDisposable {
  readonly #process: ChildProcess
  readonly at: z.infer<typeof greeting>

  static async start(platform: 'discord' | 'slack'): Promise<StandInProcess> {
    const own = spawn(process.execPath, [`${playground}/${platform}-server/main.ts`], {
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    const [line]: unknown[] = await once(createInterface(own.stdout), 'line', { signal: patience() })
    return new StandInProcess(own, greeting.parse(JSON.parse(String(line))))
  }

  private constructor(own: ChildProcess, at: z.infer<typeof greeting>) {
    this.#process = own
    this.at = at
  }

  /** Somebody says that to Aeries, in their DM with it. */
  async say(person: string, text: string): Promise<void> {
    await this.#call('say', { person, place: `dm:${person}`, text })
  }

  /** Resolves once Aeries' words in that DM hold these. */
  async shows(person: string, contains: string): Promise<void> {
    await this.#call('until', { place: `dm:${person}`, by: 'bot', contains })
  }

  freeze(): void {
    this.#process.kill('SIGSTOP')
  }

  thaw(): void {
    this.#process.kill('SIGCONT')
  }

  async [Symbol.asyncDispose](): Promise<void> {
    const ended = once(this.#process, 'close')
    this.#process.kill('SIGKILL')
    await ended
  }

  async #call(name: string, given: object): Promise<void> {
    const url = new URL(`/__control/${name}`, this.at.apiUrl)
    const response = await fetch(url, { method: 'POST', body: JSON.stringify(given), signal: patience() })
    if (!response.ok) throw new Error(`${name}: ${await response.text()}`)
    await response.body?.cancel()
  }
}
