import { type ParseArgsOptionsConfig, parseArgs } from 'node:util'
import { untilSentAway } from '#src/commands/until-sent-away.ts'
import { readDatabasePath } from '#src/config.ts'
import { ConfigError } from '#src/core/errors.ts'
import { loadDotEnv } from '#src/load-dot-env.ts'
import { storageCause } from '#src/sqlite/storage-cause.ts'

export type Given = Readonly<{
  /** Where the settings say that the database is. */
  databasePath: string
  /** What the command line names, flags aside. */
  names: readonly string[]
  flags: ReadonlySet<string>
  /** Ends with Ctrl-C or a kill: whatever is half done goes away. */
  signal: AbortSignal
}>

export type StorageCommand = Readonly<{
  help: string
  flags: readonly string[]
  /** How many names it takes. */
  names: Readonly<{ least: number; most: number }>
  /** The exit code. What an operator can mend is a `ConfigError`. */
  run(given: Given): Promise<number>
}>

/** Runs a command that works on the database's files. Wrong words and faults that have a cure are told in one line each. */
export async function runCommand(command: StorageCommand): Promise<number> {
  const signal = untilSentAway('Ended before its end: nothing of it is left.')
  try {
    const { values, positionals } = parse(command, process.argv.slice(2))
    if (values['help']) {
      process.stdout.write(command.help)
      return 0
    }
    loadDotEnv()
    const flags = new Set(Object.keys(values))
    const databasePath = readDatabasePath(process.env)
    return await command.run({ databasePath, names: positionals, flags, signal })
  } catch (error) {
    const words = tell(error)
    if (words === undefined) throw error
    process.stderr.write(`${words}\n`)
    return 1
  }
}

function parse({ flags, names, help }: StorageCommand, args: readonly string[]) {
  const options: ParseArgsOptionsConfig = { help: { type: 'boolean', short: 'h' } }
  for (const flag of flags) options[flag] = { type: 'boolean' }
  try {
    const parsed = parseArgs({ args: [...args], options, allowPositionals: true })
    const count = parsed.positionals.length
    if (parsed.values['help'] || (count >= names.least && count <= names.most)) return parsed
    throw new ConfigError(`It takes ${tellCount(names)}, not ${count}.\n\n${help.trimEnd()}`)
  } catch (error) {
    if (!(error instanceof TypeError)) throw error
    throw new ConfigError(`${error.message}\n\n${help.trimEnd()}`, { cause: error })
  }
}

function tellCount({ least, most }: StorageCommand['names']): string {
  if (most === 0) return 'no file name'
  if (least > 1) return least === most ? `${least} words` : `${least} or ${most} words`
  return least === most ? 'one file name' : 'one file name or none'
}

/** What has a cure tells it; of what the file system says on the way, its own words. */
function tell(error: unknown): string | undefined {
  if (error instanceof ConfigError) return error.message
  const known = storageCause(error)
  if (known === undefined || !(error instanceof Error)) return undefined
  return `It did not work: ${known.cause} (${error.message}). ${known.cure}, and try again.`
}
