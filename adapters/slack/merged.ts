/** What several readings yield, as it comes. One that throws ends all of them. */
export async function* merged<T>(readings: readonly AsyncGenerator<T>[]): AsyncGenerator<T> {
  const next = (reading: AsyncGenerator<T>) => reading.next().then(result => ({ reading, result }))
  const running = new Map(readings.map(reading => [reading, next(reading)]))
  try {
    while (running.size > 0) {
      const { reading, result } = await Promise.race(running.values())
      if (result.done === true) running.delete(reading)
      else {
        running.set(reading, next(reading))
        yield result.value
      }
    }
  } finally {
    // Nobody asks any more: what they are about to tell, or fail at, is nobody's.
    for (const [reading, pending] of running)
      void pending.then(
        () => reading.return(undefined),
        () => undefined,
      )
  }
}
