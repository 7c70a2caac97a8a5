/** Long enough for a machine that stands still for seconds, and short of the end of a test, so that a failure says what was missing. */
const withinMs = 30_000

/** Ends a wait for what never comes. It measures nothing: what comes is never waited for that long. */
export function patience(): AbortSignal {
  return AbortSignal.timeout(withinMs)
}
