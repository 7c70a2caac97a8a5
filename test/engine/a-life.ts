import type { Clock } from '#src/core/clock.ts'

/** A process that may be killed: from then on nothing that it does has an effect, and nothing comes back to it. */
export interface Life {
  /** The same for what the process works with: after its end no call of it does anything, and none returns. */
  lent<Thing extends object>(thing: Thing): Thing
  /** Its timers do not ring after its end. */
  clock(clock: Clock): Clock
  kill(): void
}

export function aLife(): Life {
  let isOver = false
  const never = new Promise<never>(() => {})
  const unlessOver = <T>(value: T): T | Promise<never> => (isOver ? never : value)

  function lent<Thing extends object>(thing: Thing): Thing {
    return new Proxy(thing, {
      get(target, name) {
        const value: unknown = Reflect.get(target, name, target)
        if (typeof value === 'function') return (...args: unknown[]) => called(() => Reflect.apply(value, target, args))
        return typeof value === 'object' && value !== null ? lent(value) : value
      },
    })
  }

  function called(call: () => unknown): unknown {
    if (isOver) return never
    const result = call()
    // What was under way arrives, and nobody hears of it.
    return result instanceof Promise ? result.then(unlessOver) : result
  }

  return {
    lent,
    clock: clock => ({
      now: () => clock.now(),
      sleep: (ms, signal) => clock.sleep(ms, signal).then(unlessOver),
      after: (ms, call) => clock.after(ms, () => void (isOver || call())),
    }),
    kill() {
      isOver = true
    },
  }
}
