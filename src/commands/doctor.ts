import { parseArgs } from 'node:util'
import { ConfigError } from '#src/core/errors.ts'
import { loadDotEnv } from '#src/load-dot-env.ts'
import { examine, type Step } from './doctor/examine.ts'
import { type Finding, faultFrom } from './doctor/finding.ts'
import { toText, toTotal } from './doctor/tell.ts'
import { untilSentAway } from './until-sent-away.ts'

/**
 * `npm run doctor [-- --json]`: looks at the settings and at all that they name, and says what to do about each. With `--json` the
 * last line is one object. Exit code 1: a fault.
 */

process.exitCode = await main(process.argv.slice(2))

async function main(args: readonly string[]): Promise<number> {
  const signal = untilSentAway('The doctor was sent away before the end.')
  try {
    const { json } = parseArgs({ args: [...args], options: { json: { type: 'boolean', default: false } } }).values
    return await look(json, signal)
  } catch (error) {
    if (!isWrongUse(error)) throw error
    process.stderr.write(`${error.message}\n`)
    return 1
  }
}

async function look(json: boolean, signal: AbortSignal): Promise<number> {
  const checks: Finding[] = []
  const out = process.stdout
  const clear = out.isTTY ? '\r\u001b[K' : ''
  for await (const step of steps(signal)) {
    if (step.type === 'found') checks.push(step.finding)
    if (json) continue
    if (step.type === 'found') out.write(clear + toText(step.finding))
    else if (out.isTTY) out.write(`${clear}looking at ${step.at} …`)
  }
  out.write(json ? `${JSON.stringify({ checks })}\n` : `${clear}\n${toTotal(checks)}\n`)
  return checks.some(({ state }) => state === 'fault') ? 1 : 0
}

/** Without the settings of a `.env` that cannot be read whatever else is found would be beside the point. */
async function* steps(signal: AbortSignal): AsyncGenerator<Step> {
  try {
    loadDotEnv()
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error
    yield { type: 'found', finding: faultFrom('settings', error.message, 'Make it a readable file.') }
    return
  }
  yield* examine(process.env, signal)
}

/** Wrong words on the command line: the message says all. */
function isWrongUse(error: unknown): error is Error {
  if (error instanceof ConfigError) return true
  return error instanceof TypeError && 'code' in error && String(error.code).startsWith('ERR_PARSE_ARGS')
}
