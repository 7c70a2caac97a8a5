import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'

export type Ended = Readonly<{ code: number | null; out: string; err: string }>

/** A command as `npm run` starts it, in a folder of its own, so that no `.env` of this machine gets into it. */
export class Command {
  readonly process: ChildProcess
  readonly #ended: Promise<Ended>
  out = ''

  constructor(name: string, databasePath: string, args: readonly string[] = []) {
    const cwd = mkdtempSync(join(tmpdir(), 'aeries-'))
    this.process = spawn(process.execPath, [resolve(`src/commands/${name}.ts`), ...args], {
      cwd,
      env: { PATH: process.env['PATH'], DATABASE_PATH: databasePath },
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    let err = ''
    this.process.stdout?.setEncoding('utf8').on('data', (text: string) => {
      this.out += text
    })
    this.process.stderr?.setEncoding('utf8').on('data', (text: string) => {
      err += text
    })
    this.#ended = once(this.process, 'close').then(() => {
      rmSync(cwd, { recursive: true })
      return { code: this.process.exitCode, out: this.out, err }
    })
  }

  end(): Promise<Ended> {
    return this.#ended
  }
}

export function runCommand(name: string, databasePath: string, ...args: readonly string[]): Promise<Ended> {
  return new Command(name, databasePath, args).end()
}
