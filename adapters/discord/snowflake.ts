/** Discord's ids begin with the time, in milliseconds since the first second of 2015. */
const epochMs = 1_420_070_400_000n
const timeBits = 22n

/** When the thing with this id was made. */
export function timeOf(id: string): Date {
  return new Date(Number((BigInt(id) >> timeBits) + epochMs))
}

/** The lowest id that could have been given at that time. */
export function idAt(time: Date): string {
  const ms = BigInt(Math.trunc(time.getTime())) - epochMs
  return String(ms < 0n ? 0n : ms << timeBits)
}

/** Negative when the first one is older. */
export function byAge(one: string, other: string): number {
  const difference = BigInt(one) - BigInt(other)
  return difference < 0n ? -1 : Number(difference > 0n)
}
