import { ConfigError } from '#src/core/errors.ts'
import type { BenchValues } from './bench.ts'

/** The whole number of an option, at least 1. */
export function wholeNumber(values: BenchValues, name: string, otherwise: number): number {
  const value = values[name]
  if (value === undefined) return otherwise
  const number = Number(value)
  if (Number.isSafeInteger(number) && number >= 1) return number
  throw new ConfigError(
    `--${name} ${String(value)} is not a whole number of at least 1. Write it like --${name} ${otherwise}.`,
  )
}
