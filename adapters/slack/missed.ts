import type { Clock } from '#src/core/clock.ts'
import type { Gap, PlaceRead } from '#src/core/platform.ts'
import type { ToldMessage } from './incoming.ts'
import { LookBack } from './look-back.ts'
import { merged } from './merged.ts'
import { MissedWords } from './missed-words.ts'
import { marginMs, ReadSoFar } from './read-so-far.ts'
import { tsAt } from './timestamp.ts'
import type { Workspace } from './workspace.ts'

export type MissedParts = Readonly<{ clock: Clock; workspaces: Iterable<Workspace> }>

export type Missed = Readonly<{ told: ToldMessage | PlaceRead; workspace: Workspace }>

/** What people said to Aeries since then: in the places, and where else Slack says that Aeries is. Each workspace has its own limits. */
export function readMissed(
  { clock, workspaces }: MissedParts,
  { since, places, readUntil }: Gap,
  signal: AbortSignal,
): AsyncGenerator<Missed> {
  const after = tsAt(new Date(since.getTime() - marginMs))
  const before = tsAt(new Date(clock.now().getTime() + marginMs))
  const readings = [...workspaces].map(workspace => {
    const back = new LookBack({ workspace, clock, after, before })
    const soFar = new ReadSoFar(workspace.team, readUntil)
    const own = places.filter(place => place.workspace === workspace.team)
    return inWorkspace(new MissedWords({ workspace, clock, back, after, soFar }, own), workspace, signal)
  })
  return merged(readings)
}

async function* inWorkspace(words: MissedWords, workspace: Workspace, signal: AbortSignal): AsyncGenerator<Missed> {
  for await (const told of words.read(signal)) yield { told, workspace }
}
