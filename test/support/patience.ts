/**
 * Long enough for the start of a service on a machine that is busy with others and stands still for seconds, and short of the end
 * of a test, so that a failure says what was missing.
 */
const withinMs = 60_000

/** Ends a wait for what never comes. It measures nothing: what comes is never waited for that long. */
export function patience(): AbortSignal {
  return AbortSignal.timeout(withinMs)
}
