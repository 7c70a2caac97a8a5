import { readdirSync } from 'node:fs'
import { inspect, type ParseArgsOptionsConfig, parseArgs } from 'node:util'
import type { Bench, BenchResult } from '#bench/frame/bench.ts'
import type { Figure } from '#bench/frame/figure.ts'
import { ConfigError } from '#src/core/errors.ts'
import { noProgress, showProgress } from './progress/show-progress.ts'
import { untilSentAway } from './until-sent-away.ts'

/** `npm run bench -- NAME [--json] [options of the bench]`. With `--json` the last line is one object. Exit code 1: a figure does not hold. */

const folder = new URL('../../bench/', import.meta.url)

process.exitCode = await main(process.argv.slice(2))

async function main([wanted, ...args]: readonly string[]): Promise<number> {
  try {
    const { name, bench } = await find(wanted)
    const { json, ...values } = parse(args, bench)
    const signal = untilSentAway('The bench was ended before its end.')
    using progress = json ? noProgress : showProgress()
    const result = await bench.run({ values, progress: progress.tell, signal })
    progress[Symbol.dispose]()
    process.stdout.write(json ? toJson(name, result) : toText(name, result))
    return result.figures.every(({ holds }) => holds) ? 0 : 1
  } catch (error) {
    if (!isWrongUse(error)) throw error
    process.stderr.write(`${error.message}\n`)
    return 1
  }
}

function parse(args: readonly string[], bench: Bench): Readonly<Record<string, unknown>> {
  const options: ParseArgsOptionsConfig = { ...bench.options, json: { type: 'boolean' } }
  return parseArgs({ args: [...args], options }).values
}

async function find(name: string | undefined): Promise<Readonly<{ name: string; bench: Bench }>> {
  const names = readdirSync(folder)
    .filter(file => file.endsWith('.ts'))
    .map(file => file.slice(0, -'.ts'.length))
  if (name !== undefined && names.includes(name)) return { name, bench: await load(name) }
  const benches = await Promise.all(names.map(async known => `  ${known.padEnd(10)} ${(await load(known)).about}`))
  const cause = name === undefined ? 'Which bench?' : `There is no bench ${name}.`
  throw new ConfigError(`${cause} npm run bench -- NAME [--json], where NAME is one of\n${benches.join('\n')}`)
}

async function load(name: string): Promise<Bench> {
  const { bench } = (await import(new URL(`${name}.ts`, folder).href)) as { bench: Bench }
  return bench
}

/** Wrong words on the command line, a set-up that cannot be: the message says all, a stack trace would say nothing. */
function isWrongUse(error: unknown): error is Error {
  if (error instanceof ConfigError) return true
  return error instanceof TypeError && 'code' in error && String(error.code).startsWith('ERR_PARSE_ARGS')
}

function toJson(name: string, { figures, beside }: BenchResult): string {
  return `${JSON.stringify({ bench: name, figures, ...beside })}\n`
}

function toText(name: string, { figures, beside }: BenchResult): string {
  const shown = inspect(beside, { depth: 5, breakLength: 120, compact: 4, sorted: false })
  return `${name}\n${figures.map(toLine).join('\n')}\n${shown}\n`
}

function toLine({ name, value, unit, limit, better, holds }: Figure): string {
  const bound = `${better === 'lower' ? '≤' : '≥'} ${limit} ${unit}`
  return `  ${holds ? 'holds        ' : 'DOES NOT HOLD'}  ${name.padEnd(28)} ${value.toPrecision(4).padStart(10)} ${unit}  (${bound})`
}
