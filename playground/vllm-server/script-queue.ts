import type { ChatRequest } from './chat-request.ts'
import { type Script, scriptFits } from './script.ts'

type Waiting = { readonly script: Script; left: number }

/** Scripts in the order they were given; each request takes the first that fits it. */
export class ScriptQueue {
  #waiting: Waiting[] = []

  get length(): number {
    return this.#waiting.length
  }

  add(scripts: readonly Script[]): void {
    for (const script of scripts) {
      const left = script.times === 'always' ? Number.POSITIVE_INFINITY : (script.times ?? 1)
      this.#waiting.push({ script, left })
    }
  }

  take(request: ChatRequest): Script | undefined {
    const found = this.#waiting.find(({ script }) => scriptFits(script, request))
    if (!found) return undefined
    found.left -= 1
    if (found.left <= 0) this.#waiting = this.#waiting.filter(entry => entry !== found)
    return found.script
  }

  clear(): void {
    this.#waiting = []
  }
}
