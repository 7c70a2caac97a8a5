import { inspect, parseArgs } from 'node:util'
import { type ChaosResult, runChaos } from '#bench/chaos/run-chaos.ts'
import type { Figure } from '#bench/frame/figure.ts'
import { ConfigError } from '#src/core/errors.ts'
import { noProgress, showProgress } from './progress/show-progress.ts'
import { untilSentAway } from './until-sent-away.ts'

/**
 * `npm run chaos -- [--minutes N] [--seed S] [--json]`. The same seed makes the same plan of what people, weather and
 * the killer do; how the service's work falls between that differs from run to run. With `--json` the last line is one object. Exit
 * code 1: a figure does not hold.
 */

process.exitCode = await main(process.argv.slice(2))

async function main(args: readonly string[]): Promise<number> {
  const signal = untilSentAway('The chaos was ended before its end.')
  try {
    const { minutes, seed, json } = parse(args)
    using progress = json ? noProgress : showProgress()
    const result = await runChaos({ minutes, seed, progress: progress.tell, signal })
    progress[Symbol.dispose]()
    process.stdout.write(json ? toJson(result) : toText(result))
    return result.figures.every(({ holds }) => holds) ? 0 : 1
  } catch (thrown) {
    const error: unknown = signal.aborted ? signal.reason : thrown
    if (!isWrongUse(error)) throw error
    process.stderr.write(`${error.message}\n`)
    return 1
  }
}

function parse(args: readonly string[]) {
  const options = { minutes: { type: 'string' }, seed: { type: 'string' }, json: { type: 'boolean' } } as const
  const { minutes = '3', seed = '7', json = false } = parseArgs({ args: [...args], options }).values
  if (!(Number(minutes) > 0)) throw new ConfigError(`--minutes ${minutes} is no time. Write it like --minutes 3.`)
  if (!Number.isSafeInteger(Number(seed))) {
    throw new ConfigError(`--seed ${seed} is no whole number. Write it like --seed 7.`)
  }
  return { minutes: Number(minutes), seed: Number(seed), json }
}

function isWrongUse(error: unknown): error is Error {
  if (error instanceof ConfigError) return true
  return error instanceof TypeError && 'code' in error && String(error.code).startsWith('ERR_PARSE_ARGS')
}

function toJson({ figures, beside, violations, kept }: ChaosResult): string {
  return `${JSON.stringify({ bench: 'chaos', figures, ...beside, firstViolations: violations.slice(0, 20), kept })}\n`
}

function toText({ figures, beside, violations, stories, kept }: ChaosResult): string {
  const shown = inspect(beside, { depth: 5, breakLength: 120, compact: 4, sorted: false })
  const told = stories.map(story => `\n${story}\n`).join('')
  const where =
    kept === undefined ? '' : `\n${violations.length} violations. Data, log and all stories are kept in ${kept}\n`
  return `chaos\n${figures.map(toLine).join('\n')}\n${shown}\n${told}${where}`
}

function toLine({ name, value, unit, limit, better, holds }: Figure): string {
  const bound = `${better === 'lower' ? '≤' : '≥'} ${limit} ${unit}`
  const verdict = holds ? 'holds        ' : 'DOES NOT HOLD'
  return `  ${verdict}  ${name.padEnd(28)} ${String(value).padStart(10)} ${unit}  (${bound})`
}
