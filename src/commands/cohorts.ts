import { setImmediate as turnOfTheLoop } from 'node:timers/promises'
import { readLearningMode } from '#src/config.ts'
import type { Cohort, CohortValue } from '#src/core/cohorts.ts'
import type { WorkspaceId } from '#src/core/workspace.ts'
import { CohortMaker } from '#src/observer/cohorts/cohort-maker.ts'
import { leaningWords } from '#src/observer/phrases.ts'
import { type CohortDatabase, openCohorts } from '#src/sqlite/open-cohorts.ts'
import { type Given, runCommand } from './storage/run-command.ts'

const help = `npm run cohorts [-- --make] [--json]

Prints what newcomers start from, by workspace: how those like to be answered who like the same. It works while Aeries runs.
Only numbers stand there, never who it was; they are made every night, and within the hour when somebody has something erased.

  --make  makes them anew now, of all workspaces, before it prints them
  --json  the last line is one object
  --help  shows this
`

type Workspace = Readonly<{ workspace: WorkspaceId; at: Date; cohorts: readonly Cohort[] }>

process.exitCode = await runCommand({ help, flags: ['make', 'json'], names: { least: 0, most: 0 }, run: show })

async function show({ databasePath, flags, signal }: Given): Promise<number> {
  using database = openCohorts(databasePath, flags.has('make') ? 'write' : 'read')
  if (flags.has('make')) await make(database, signal)
  const workspaces: Workspace[] = []
  for (const { workspace, at } of await database.cohorts.made()) {
    workspaces.push({ workspace, at, cohorts: await database.cohorts.published(workspace) })
  }
  process.stdout.write(flags.has('json') ? `${JSON.stringify({ workspaces })}\n` : toText(workspaces))
  return 0
}

async function make(database: CohortDatabase, signal: AbortSignal): Promise<void> {
  const maker = new CohortMaker({ ...database, ...readLearningMode(process.env) })
  const now = new Date()
  for (const workspace of await database.cohorts.due(now)) {
    await maker.make(workspace, now, async () => {
      signal.throwIfAborted()
      await turnOfTheLoop()
    })
  }
}

function toText(workspaces: readonly Workspace[]): string {
  if (workspaces.length === 0)
    return 'No cohorts were made yet: Aeries makes them at night, and npm run cohorts -- --make now.\n'
  return workspaces.map(toSection).join('\n')
}

function toSection({ workspace, at, cohorts }: Workspace): string {
  const made = `${at.toISOString().slice(0, 16).replace('T', ' ')} UTC`
  const nothing = '  nothing is lent: of fewer than 20 people something is known, or they like nothing in common\n'
  return `${workspace}, made ${made}\n${cohorts.length === 0 ? nothing : cohorts.map(toBlock).join('')}`
}

function toBlock({ name, members, values }: Cohort): string {
  const lines = values.toSorted((one, other) => other.share - one.share).map(toLine)
  return `  ${name}: ${members} people\n${lines.join('')}`
}

/** In steps of 5 %: more would look like more than it is. */
function toLine({ slot, value, share, contributors }: CohortValue): string {
  const percent = `${Math.round(share * 20) * 5} %`
  return `    ${percent.padStart(5)}  ${leaningWords(slot, value) ?? value} (liked by ${contributors})\n`
}
