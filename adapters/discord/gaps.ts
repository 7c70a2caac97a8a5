/**
 * When each shard was last surely in touch: in the middle of a session, a dispatch or the echo of a heartbeat says that all before it has
 * arrived. A shard that is greeted anew has lost its session, and whatever was said since then may be lost with it; one that
 * resumes gets it told again.
 */
export class Gaps {
  readonly #inSession = new Set<number>()
  readonly #inTouch = new Map<number, Date>()
  readonly #open = new Map<number, Date>()

  /** Also a socket that is still waiting for its session echoes heartbeats: that says nothing. */
  heard(shard: number, at: Date): void {
    if (this.#inSession.has(shard)) this.#inTouch.set(shard, at)
  }

  closed(shard: number): void {
    this.#inSession.delete(shard)
  }

  resumed(shard: number): void {
    this.#inSession.add(shard)
  }

  greeted(shard: number): void {
    const since = this.#open.get(shard) ?? this.#inTouch.get(shard)
    if (since !== undefined) this.#open.set(shard, since)
    this.#inSession.add(shard)
  }

  /** The shard's servers are known again: since when events may be missing, said once for each gap. */
  ready(shard: number): Date | undefined {
    const since = this.#open.get(shard)
    this.#open.delete(shard)
    return since
  }
}
