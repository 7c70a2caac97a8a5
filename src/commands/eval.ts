import { readFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import type { Figure } from '#bench/frame/figure.ts'
import { ConfigError } from '#src/core/errors.ts'
import type { Log } from '#src/core/log.ts'
import { loadDotEnv } from '#src/load-dot-env.ts'
import { readSecret } from '#src/secret-files.ts'
import { systemClock } from '#src/system-clock.ts'
import { createVllmChatModel } from '#src/vllm/vllm-chat-model.ts'
import { type EvalResult, runEval } from './eval/run-eval.ts'
import { readScript, type Step } from './eval/script.ts'
import { createWorld } from './eval/world.ts'
import { noProgress, showProgress, type Tell } from './progress/show-progress.ts'
import { untilSentAway } from './until-sent-away.ts'

/**
 * `npm run eval -- FILE [--json]`: runs scripted conversations and tells what was learnt, what the brief says, and what it gives
 * away; docs/memory.md tells the format. What no line scripts is read by the model at VLLM_URL, if that is set, and else by patterns
 * alone. With `--json` the last line is one object. Exit code 1: a figure does not hold.
 */

/** Nobody waits here, and a small machine may take long. */
const timeoutMs = 120_000

const silent: Log = { debug() {}, info() {}, warn() {}, error() {}, child: () => silent }

process.exitCode = await main(process.argv.slice(2))

async function main(args: readonly string[]): Promise<number> {
  try {
    const { file, json } = parse(args)
    const signal = untilSentAway('The evaluation was left before its end.')
    loadDotEnv()
    using progress = json ? noProgress : showProgress()
    const result = await evaluate(readScript(read(file), file), progress.tell, signal)
    progress[Symbol.dispose]()
    process.stdout.write(json ? toJson(file, result) : toText(file, result))
    return result.figures.every(({ holds }) => holds) ? 0 : 1
  } catch (error) {
    if (!isWrongUse(error)) throw error
    process.stderr.write(`${error.message}\n`)
    return 1
  }
}

async function evaluate(script: readonly Step[], progress: Tell, signal: AbortSignal): Promise<EvalResult> {
  const url = process.env['VLLM_URL']
  const parts = { timeoutMs, clock: systemClock, log: silent }
  if (!url) return await runEval(script, () => createWorld({ ...parts, model: undefined }), progress, signal)
  const model = process.env['VLLM_MODEL'] || 'Qwen/Qwen3-8B'
  const apiKey = readSecret(process.env, 'VLLM_API_KEY')
  await using real = createVllmChatModel({ url: url.split(','), model, apiKey, clock: systemClock, log: silent })
  await real.refresh(signal)
  return await runEval(script, () => createWorld({ ...parts, model: real }), progress, signal)
}

function parse(args: readonly string[]): Readonly<{ file: string; json: boolean }> {
  const options = { json: { type: 'boolean', default: false } } as const
  const { values, positionals } = parseArgs({ args: [...args], options, allowPositionals: true })
  const [file] = positionals
  if (file === undefined || positionals.length > 1) throw new ConfigError('Which file? npm run eval -- FILE [--json]')
  return { file, json: values.json }
}

function read(file: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch (cause) {
    throw new ConfigError(`${file} cannot be read: is the path right?`, { cause })
  }
}

function isWrongUse(error: unknown): error is Error {
  if (error instanceof ConfigError) return true
  return error instanceof TypeError && 'code' in error && String(error.code).startsWith('ERR_PARSE_ARGS')
}

function toJson(file: string, { figures, misses, cases }: EvalResult): string {
  return `${JSON.stringify({ bench: 'eval', figures, file, cases, misses })}\n`
}

function toText(file: string, { figures, misses, cases }: EvalResult): string {
  const told = misses.map(miss => `  line ${miss.line}, ${miss.case}: ${miss.told}\n`).join('')
  return `${file}: ${cases} cases\n${told}${figures.map(toLine).join('')}`
}

function toLine({ name, value, unit, limit, better, holds }: Figure): string {
  const bound = `${better === 'lower' ? '≤' : '≥'} ${limit}`
  const shown = Number.isInteger(value) ? String(value) : value.toFixed(3)
  return `  ${holds ? 'holds        ' : 'DOES NOT HOLD'}  ${name.padEnd(28)} ${shown.padStart(7)} ${unit}  (${bound})\n`
}
