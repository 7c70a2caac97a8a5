import type { Clock } from '#src/core/clock.ts'
import type { Place } from '#src/core/place.ts'
import type { ToldMessage } from './incoming.ts'
import { LookBack } from './look-back.ts'
import { merged } from './merged.ts'
import { MissedWords } from './missed-words.ts'
import { tsAt } from './timestamp.ts'
import type { Workspace } from './workspace.ts'

/** Clocks differ, and so does the order in which Slack tells and stores. What comes twice for it, the ledger knows. */
const marginMs = 10_000

export type MissedParts = Readonly<{ clock: Clock; workspaces: Iterable<Workspace> }>

export type Missed = Readonly<{ told: ToldMessage; workspace: Workspace }>

/** What people said to Aeries since then: in the places, and where else Slack says that Aeries is. Each workspace has its own limits. */
export function readMissed(
  { clock, workspaces }: MissedParts,
  since: Date,
  places: readonly Place[],
  signal: AbortSignal,
): AsyncGenerator<Missed> {
  const after = tsAt(new Date(since.getTime() - marginMs))
  const before = tsAt(new Date(clock.now().getTime() + marginMs))
  const readings = [...workspaces].map(workspace => {
    const back = new LookBack({ workspace, clock, after, before })
    const own = places.filter(place => place.workspace === workspace.team)
    return inWorkspace(new MissedWords({ workspace, clock, back, after }, own), workspace, signal)
  })
  return merged(readings)
}

async function* inWorkspace(words: MissedWords, workspace: Workspace, signal: AbortSignal): AsyncGenerator<Missed> {
  for await (const told of words.read(signal)) yield { told, workspace }
}
