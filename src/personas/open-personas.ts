import type { Clock } from '#src/core/clock.ts'
import { conversationId } from '#src/core/ids.ts'
import type { Log } from '#src/core/log.ts'
import type { Persona, Personas } from '#src/core/persona.ts'
import type { Place } from '#src/core/place.ts'
import { workspaceOf } from '#src/core/workspace.ts'
import {
  type FaultyFile,
  type PersonaFile,
  type Reading,
  type ReadOptions,
  readPersonas,
  sameName,
  stateOf,
  usualPersona,
} from './persona-files.ts'

export type PersonasParts = ReadOptions & Readonly<{ clock: Clock; log: Log }>

/**
 * How often the files are looked at. Looking costs a handful of `stat` calls, and finds changes on every file system; the
 * notices of `fs.watch` are lost on some (https://nodejs.org/api/fs.html#availability).
 */
const lookAfterMs = 2_000

/**
 * The personas of a folder, read again when a file changes. A mistake in a file is logged with its line and cure, and what
 * the file said before stays in force. A `ConfigError` when the usual persona cannot be read at the start.
 */
export function openPersonas(parts: PersonasParts): Personas & Disposable {
  const { path, clock, log } = parts
  let state = stateOf(path)
  const { faults, ...read } = readPersonas(parts)
  let { files } = read
  const usual = usualPersona(parts, { files, faults })
  for (const fault of faults) log.error(tell(fault), 'a persona has a mistake and is not there')
  let timer = clock.after(lookAfterMs, look)

  function look(): void {
    timer = clock.after(lookAfterMs, look)
    const now = stateOf(path)
    if (now === state) return
    state = now
    const before = files
    const anew = readPersonas(parts, before)
    files = withUsual(anew.files, before)
    for (const fault of anew.faults) log.error(tell(fault), 'a persona has a mistake: what it said before stays')
    log.info({ personas: [...files.values()].map(({ persona }) => persona.name) }, 'personas were read again')
  }

  /** The usual one is never gone, whatever becomes of its file. */
  function withUsual(now: Reading['files'], before: Reading['files']): Reading['files'] {
    return now.has(path) ? now : new Map([[path, before.get(path) ?? usual], ...now])
  }

  return {
    at: (place, chosen) => personaAt([...files.values()], place, chosen),
    all: () => [...files.values()].map(({ persona }) => persona),
    [Symbol.dispose]: () => timer[Symbol.dispose](),
  }
}

function personaAt(files: readonly PersonaFile[], place: Place, chosen: string | undefined): Persona {
  const named = chosen === undefined ? undefined : files.find(({ persona }) => sameName(persona.name, chosen))
  const channel = conversationId({ ...place, thread: undefined })
  const own = (key: string) => files.find(({ places }) => places.includes(key))
  const [usual] = files
  return (named ?? own(channel) ?? own(workspaceOf(place)) ?? (usual as PersonaFile)).persona
}

function tell({ path, line, fault, cure }: FaultyFile) {
  return { file: path, line, fault, cure }
}
