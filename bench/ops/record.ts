import type { Clock } from '#src/core/clock.ts'
import type { Write, WritePhase } from '#src/core/surface.ts'
import type { Telemetry } from '#src/core/telemetry.ts'
import { ReplyTimes } from '#src/engine/reply-times.ts'

/** What one reply is made of; `interim` edits lie between its first and its final write. */
export type ReplyPlan = Readonly<{ tokens: number; interim: number }>

const usage = { promptTokens: 1_200, cachedTokens: 1_000, completionTokens: 300 }
const token = { type: 'text', text: ' word' } as const

/** A reply that is under way, told of as the engine tells of one. */
export class ToldReply {
  readonly #telemetry: Telemetry
  readonly #times: ReplyTimes
  readonly #platform: string
  readonly #plan: ReplyPlan

  constructor(telemetry: Telemetry, clock: Clock, platform: string, plan: ReplyPlan) {
    this.#telemetry = telemetry
    this.#platform = platform
    this.#plan = plan
    this.#times = new ReplyTimes({ telemetry, clock, acceptedAt: clock.now().getTime() })
  }

  begin(): void {
    this.#telemetry.tell({ type: 'turn begun' })
    this.#telemetry.tell({ type: 'typing', platform: this.#platform, sinceAcceptMs: 40 })
    this.#times.heard(token)
    this.#write('first')
  }

  end(): void {
    const { tokens, interim } = this.#plan
    const tokensForOne = Math.ceil(tokens / (interim + 1))
    for (let told = 1; told < tokens; told += 1) {
      this.#times.heard(token)
      if (told % tokensForOne === 0) this.#write('interim')
    }
    this.#times.heard({ type: 'end', reason: 'stop', usage })
    this.#write('final')
    this.#times.whole()
    this.#telemetry.tell({ type: 'turn closed', platform: this.#platform, outcome: 'done' })
    this.#telemetry.tell({ type: 'turn over' })
  }

  #write(phase: WritePhase): void {
    const write: Write = { key: 'bench:0', part: 0, phase, text: '' }
    this.#times.sends(write)
    this.#times.came(write, `${this.#platform}:bench`, 'written')
  }
}
