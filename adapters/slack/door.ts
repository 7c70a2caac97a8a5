import type { Health } from '#src/core/platform.ts'

/** A way by which events come in. */
export interface Door {
  /** Resolves once events can come. What the operator has to mend is a `ConfigError`. */
  open(signal: AbortSignal): Promise<void>
  health(): Health
  /** Takes no more events: Slack keeps what it cannot deliver for some minutes. */
  close(): Promise<void>
}
