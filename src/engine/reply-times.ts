import type { Clock } from '#src/core/clock.ts'
import type { Write, WriteOutcome } from '#src/core/surface.ts'
import type { Telemetry } from '#src/core/telemetry.ts'
import type { AnswerEvent } from './answer-event.ts'
import { estimateTokens } from './estimate-tokens.ts'

export type ReplyTimesParts = Readonly<{
  telemetry: Telemetry
  clock: Clock
  /** In ms since the epoch; `undefined`: nobody knows since when its asker waits. */
  acceptedAt?: number | undefined
  /** Words of it stand there since an earlier try. */
  isShown?: boolean
}>

/** Measures one reply between its two ends: what the model generates, and what stands on the platform. In ms since the epoch. */
export class ReplyTimes {
  readonly #parts: ReplyTimesParts
  #firstTokenAt: number | undefined
  #endedAt: number | undefined
  /** When the oldest words came that no write has carried yet. */
  #unshownSince: number | undefined
  /** The same of those that a write carries now. */
  #carriedSince: number | undefined
  #lastWrite: Readonly<{ at: number; platform: string }> | undefined
  #isShown: boolean
  #isCounted = false

  constructor(parts: ReplyTimesParts) {
    this.#parts = parts
    this.#isShown = parts.isShown ?? false
  }

  /** Called for every event of the model's stream: mostly it returns at once. */
  heard(event: AnswerEvent): void {
    if (event.type === 'text') {
      if (this.#unshownSince !== undefined) return
      this.#unshownSince = this.#now()
      this.#firstTokenAt ??= this.#unshownSince
    } else if (event.type === 'end') {
      this.#endedAt = this.#now()
      this.#isCounted ||= event.usage !== undefined
      if (event.usage) this.#parts.telemetry.tell({ type: 'generated', usage: event.usage })
    }
  }

  /** Nothing more comes of a prompt of so many tokens, of which these words came: it counts although the model did not tell its end. */
  left(promptTokens: number, words: string): void {
    if (this.#isCounted || words === '') return
    this.#parts.telemetry.tell({ type: 'left off', tokens: promptTokens + estimateTokens(words) })
  }

  sends(write: Write): void {
    if (write.notice || write.phase === 'freeze') return
    this.#carriedSince = this.#unshownSince
    this.#unshownSince = undefined
  }

  came(write: Write, bucket: string, outcome: WriteOutcome['outcome'] | undefined): void {
    // The name of a bucket begins with its platform's.
    const platform = bucket.slice(0, bucket.indexOf(':'))
    const carried = this.#carriedSince
    this.#carriedSince = undefined
    const isWritten = outcome === 'written'
    if (!isWritten) this.#unshownSince = carried ?? this.#unshownSince
    const ageMs = isWritten && carried !== undefined ? this.#now() - carried : undefined
    if (outcome !== undefined) {
      this.#parts.telemetry.tell({ type: 'write', platform, phase: write.phase, outcome, ageMs })
    }
    if (isWritten && !write.notice) this.#stands(platform)
  }

  /** All of it stands there. The last write may have come before the model said that it was the last. */
  whole(): void {
    const [ended, write] = [this.#endedAt, this.#lastWrite]
    if (ended === undefined || write === undefined) return
    const sinceTokenMs = Math.max(0, write.at - ended)
    this.#parts.telemetry.tell({ type: 'last text', platform: write.platform, sinceTokenMs })
  }

  #stands(platform: string): void {
    const { telemetry, acceptedAt } = this.#parts
    const now = this.#now()
    if (!this.#isShown && this.#firstTokenAt !== undefined) {
      const sinceAcceptMs = acceptedAt === undefined ? undefined : now - acceptedAt
      telemetry.tell({ type: 'first text', platform, sinceAcceptMs, sinceTokenMs: now - this.#firstTokenAt })
    }
    this.#isShown = true
    this.#lastWrite = { at: now, platform }
  }

  #now(): number {
    return this.#parts.clock.now().getTime()
  }
}
