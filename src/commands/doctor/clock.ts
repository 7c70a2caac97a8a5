import { type Finding, ok, warning } from './finding.ts'

/** The Date header counts whole seconds, and the way takes its time; beyond that talks get into disorder. */
const toleratedSeconds = 5

/** Our clock against a platform's. */
export function lookAtClock(platform: string, aheadSeconds: number | undefined): Finding {
  const name = `${platform} clock`
  if (aheadSeconds === undefined) return ok(name, 'it tells no time')
  const off = Math.abs(aheadSeconds)
  if (off <= toleratedSeconds) return ok(name, 'ours goes as theirs')
  const told = `ours is ${off} s ${aheadSeconds > 0 ? 'ahead of' : 'behind'} theirs`
  return warning(
    name,
    told,
    'Let the machine set its clock by NTP: from 5 minutes on Slack and Aeries refuse each other.',
  )
}
