/** The `Retry-After` of a response in milliseconds from now: it comes as seconds or as a date. Only gateways send it. */
export function retryAfterMs(header: string | undefined, now: Date): number | undefined {
  if (header === undefined || header.trim() === '') return undefined
  const seconds = Number(header)
  const ms = Number.isNaN(seconds) ? Date.parse(header) - now.getTime() : seconds * 1_000
  return ms >= 0 ? ms : undefined
}
