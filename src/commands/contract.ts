import { parseArgs } from 'node:util'
import { ConfigError } from '#src/core/errors.ts'
import { loadDotEnv } from '#src/load-dot-env.ts'
import { readSecret } from '#src/secret-files.ts'
import { type Result, runContract } from './contract/run-contract.ts'
import { Target } from './contract/target.ts'
import { untilSentAway } from './until-sent-away.ts'

/**
 * `npm run contract -- --url URL [--model NAME] [--quick] [--json]`: whether a model server does what Aeries relies on. With `--json`
 * the last line is one object; `--quick` leaves out the pauses of six seconds between two questions. Exit code 1: a fault, or nothing could be looked at. The key, if any, is VLLM_API_KEY.
 */

process.exitCode = await main(process.argv.slice(2))

async function main(args: readonly string[]): Promise<number> {
  try {
    const { url, model, quick, json } = parse(args)
    const signal = untilSentAway('The contract was left before its end.')
    loadDotEnv()
    const apiKey = readSecret(process.env, 'VLLM_API_KEY')
    await using target = await Target.open({
      url,
      model,
      apiKey,
      signal,
      ...(quick && { idleMs: [] }),
    })
    return await look(target, json)
  } catch (error) {
    if (!isWrongUse(error)) throw error
    process.stderr.write(`${error.message}\n`)
    return 1
  }
}

async function look(target: Target, json: boolean): Promise<number> {
  const results: Result[] = []
  if (!json) process.stdout.write(`${target.url} serving ${target.model}\n\n`)
  for await (const result of runContract(target)) {
    results.push(result)
    if (!json) process.stdout.write(toText(result))
  }
  const count = (level: Result['level']) => results.filter(result => result.level === level).length
  const [faults, warnings] = [count('fault'), count('warning')]
  if (json) {
    const { url, model } = target
    process.stdout.write(`${JSON.stringify({ contract: url, model, faults, warnings, checks: results })}\n`)
  } else
    process.stdout.write(`\n${count('ok')} ok, ${warnings} warnings, ${faults} faults, ${count('skipped')} skipped\n`)
  return faults > 0 ? 1 : 0
}

type Flags = Readonly<{ url: string; model: string | undefined; quick: boolean; json: boolean }>

function parse(args: readonly string[]): Flags {
  const flag = { type: 'boolean', default: false } as const
  const options = { url: { type: 'string' }, model: { type: 'string' }, quick: flag, json: flag } as const
  const { url, model, quick, json } = parseArgs({ args: [...args], options }).values
  const usage = 'npm run contract -- --url http://127.0.0.1:8000 [--model NAME] [--quick] [--json]'
  if (url === undefined) throw new ConfigError(`Which server? ${usage}`)
  if (!/^https?:\/\//.test(url) || !URL.canParse(url))
    throw new ConfigError(`--url ${url} is no address of a server: ${usage}`)
  return { url, model, quick, json }
}

function toText({ number, name, level, told, cure }: Result): string {
  const line = `${level.padEnd(8)}${String(number).padStart(2)}  ${name}: ${told}\n`
  return cure === undefined ? line : `${line}${' '.repeat(12)}→ ${cure}\n`
}

/** Wrong words on the command line, a server that is not there: the message says all, a stack trace would say nothing. */
function isWrongUse(error: unknown): error is Error {
  if (error instanceof ConfigError) return true
  return error instanceof TypeError && 'code' in error && String(error.code).startsWith('ERR_PARSE_ARGS')
}
