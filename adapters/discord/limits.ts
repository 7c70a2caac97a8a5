import type { Limit } from '#src/core/surface.ts'

type Headers = Readonly<{ get(name: string): string | null }>

/** What exactly this response says of its bucket; nothing where Discord says nothing (no limit, or a proxy's answer). */
export function limitOf(headers: Headers): Limit | undefined {
  const limit = numberOf(headers.get('x-ratelimit-limit'))
  const remaining = numberOf(headers.get('x-ratelimit-remaining'))
  const resetAfter = numberOf(headers.get('x-ratelimit-reset-after'))
  if (limit === undefined || remaining === undefined || resetAfter === undefined) return undefined
  return { limit, remaining, resetAfterMs: Math.ceil(resetAfter * 1_000) }
}

function numberOf(value: string | null): number | undefined {
  if (value === null || value.trim() === '') return undefined
  const number = Number(value)
  return Number.isFinite(number) && number >= 0 ? number : undefined
}
