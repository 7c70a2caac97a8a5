import type { Clock } from '#src/core/clock.ts'
import type { Telemetry, Telling } from '#src/core/telemetry.ts'

export type Alarm = Omit<Extract<Telling, { type: 'alarm' }>, 'type'> & Readonly<{ at: string; times: number }>

/** An alarm is over when it was not heard for so long. */
const lastsMs = 10 * 60_000

/** What an operator has to look at although Aeries goes on answering. */
export class Alarms implements Telemetry {
  readonly #clock: Clock
  readonly #alarms = new Map<string, Alarm & Readonly<{ lastMs: number }>>()

  constructor(clock: Clock) {
    this.#clock = clock
  }

  tell(telling: Telling): void {
    if (telling.type !== 'alarm') return
    const { type: _, ...alarm } = telling
    const now = this.#clock.now()
    const key = `${alarm.name} ${alarm.platform}`
    const times = (this.#alarms.get(key)?.times ?? 0) + 1
    this.#alarms.set(key, { ...alarm, at: now.toISOString(), times, lastMs: now.getTime() })
  }

  /** Those that still last. */
  get raised(): readonly Alarm[] {
    const since = this.#clock.now().getTime() - lastsMs
    for (const [key, { lastMs }] of this.#alarms) if (lastMs < since) this.#alarms.delete(key)
    return [...this.#alarms.values()].map(({ lastMs: _, ...alarm }) => alarm)
  }
}
