import type { Finding, State } from './finding.ts'

const stateWidth = 'warning '.length

/** A line for what was seen, and the cure below it. */
export function toText({ name, state, cause, cure }: Finding): string {
  const line = `${state.padEnd(stateWidth)} ${name}: ${cause}\n`
  return cure === '' ? line : `${line}${' '.repeat(stateWidth + 1)}→ ${cure}\n`
}

export function toTotal(findings: readonly Finding[]): string {
  const count = (wanted: State) => findings.filter(({ state }) => state === wanted).length
  return `${count('ok')} ok, ${count('warning')} warnings, ${count('fault')} faults`
}
