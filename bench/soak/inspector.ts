import { once } from 'node:events'

/** The debugger's door of a Node process on loopback: it looks inside without a line of that process knowing of it. */
export class Inspector implements Disposable {
  readonly #socket: WebSocket
  readonly #waiting = new Map<number, (answer: Answer) => void>()
  #count = 0

  private constructor(socket: WebSocket) {
    this.#socket = socket
    socket.addEventListener('message', ({ data }) => {
      const answer = JSON.parse(String(data)) as Answer
      this.#waiting.get(answer.id)?.(answer)
      this.#waiting.delete(answer.id)
    })
  }

  static async open(url: string, signal: AbortSignal): Promise<Inspector> {
    const socket = new WebSocket(url)
    await once(socket, 'open', { signal })
    return new Inspector(socket)
  }

  /** Bytes of the heap that are in use after everything that nobody holds was collected. */
  async heapAfterCollection(): Promise<number> {
    // What a first collection sets free may hold the last of something else: weak references, finalizers.
    for (let i = 0; i < 3; i++) await this.#call('HeapProfiler.collectGarbage')
    return (await this.evaluate('process.memoryUsage().heapUsed')) as number
  }

  /** What keeps the process alive, counted by kind: sockets, servers, timers. */
  async resources(): Promise<Readonly<Record<string, number>>> {
    const kinds = (await this.evaluate('process.getActiveResourcesInfo()')) as readonly string[]
    const counts = [...Map.groupBy(kinds, kind => kind)].map(([kind, all]) => [kind, all.length] as const)
    return Object.fromEntries(counts.toSorted(([a], [b]) => a.localeCompare(b)))
  }

  async evaluate(expression: string): Promise<unknown> {
    const { result } = await this.#call('Runtime.evaluate', { expression, returnByValue: true })
    return (result as Readonly<{ value: unknown }>).value
  }

  [Symbol.dispose](): void {
    this.#socket.close()
  }

  async #call(method: string, params: object = {}): Promise<Readonly<Record<string, unknown>>> {
    this.#count += 1
    const { promise, resolve } = Promise.withResolvers<Answer>()
    this.#waiting.set(this.#count, resolve)
    this.#socket.send(JSON.stringify({ id: this.#count, method, params }))
    const { result, error } = await promise
    if (error !== undefined) throw new Error(`${method}: ${error.message}`)
    return result ?? {}
  }
}

type Answer = Readonly<{
  id: number
  result?: Readonly<Record<string, unknown>>
  error?: Readonly<{ message: string }>
}>
