import type { VllmServer } from './vllm-server.ts'

type At = Readonly<{
  server: string
  answer: VllmServer['answer']
  spoke: () => void
  failed: (error: unknown) => void
  left: () => void
}>

/** The place of one answer at a server. Disposing of it lets the next one in. */
export class Place implements Disposable {
  readonly #at: At
  #isLeft = false

  constructor(at: At) {
    this.#at = at
  }

  get server(): string {
    return this.#at.server
  }

  /** See `VllmServer.answer`. How it goes is told by `spoke` and `failed`. */
  get answer(): VllmServer['answer'] {
    return this.#at.answer
  }

  /** The answer began. */
  spoke(): void {
    this.#at.spoke()
  }

  failed(error: unknown): void {
    this.#at.failed(error)
  }

  [Symbol.dispose](): void {
    if (this.#isLeft) return
    this.#isLeft = true
    this.#at.left()
  }
}
