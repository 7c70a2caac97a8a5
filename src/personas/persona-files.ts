import { readdirSync, readFileSync, statSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { ConfigError } from '#src/core/errors.ts'
import { type Mistake, type ParsedPersona, parsePersona } from './parse-persona.ts'

export type PersonaFile = ParsedPersona & Readonly<{ path: string }>

export type FaultyFile = Mistake & Readonly<{ path: string }>

export type Reading = Readonly<{
  /** By path; those of faulty files as they were before, where they were. */
  files: ReadonlyMap<string, PersonaFile>
  faults: readonly FaultyFile[]
}>

/** The name of a persona whose file gives none: the usual one needs no front matter. */
const usualName = 'Aeries'

export type ReadOptions = Readonly<{
  /** The usual persona's file; the other markdown files beside it are further ones. */
  path: string
  /** Tokens that one may take. */
  mostTokens: number
  countTokens: (text: string) => number
}>

/** Reads all personas, the usual one first. What has a mistake stays what it was before. */
export function readPersonas(options: ReadOptions, before?: Reading['files']): Reading {
  const files = new Map<string, PersonaFile>()
  const faults: FaultyFile[] = []
  for (const path of personaPaths(options.path)) {
    const read = readFile(path, options)
    const taken = 'fault' in read ? undefined : takenBy(read, files)
    if (!('fault' in read) && taken === undefined) {
      files.set(path, { ...read, path })
      continue
    }
    const mistake = 'fault' in read ? read : nameIsTaken(read, taken)
    faults.push({ ...mistake, path })
    const old = before?.get(path)
    if (old && takenBy(old, files) === undefined) files.set(path, old)
  }
  return { files, faults }
}

/** The usual one, at a start: without it there is no Aeries. */
export function usualPersona(options: ReadOptions, { files, faults } = readPersonas(options)): PersonaFile {
  const usual = files.get(options.path)
  if (usual !== undefined) return usual
  const { line, fault, cure } = faults.find(one => one.path === options.path) ?? {
    line: 1,
    fault: 'gone',
    cure: 'look',
  }
  throw new ConfigError(`PERSONA_PATH: "${options.path}", line ${line}: ${fault}; ${cure}.`)
}

/** Changes when a file of a persona comes, goes or is written. */
export function stateOf(path: string): string {
  return personaPaths(path)
    .map(file => `${file} ${looksOf(file)}`)
    .join('\n')
}

function looksOf(file: string): string {
  try {
    const { mtimeNs, size, ino, mode } = statSync(file, { bigint: true })
    return `${mtimeNs} ${size} ${ino} ${mode}`
  } catch {
    // It is gone, or a link that leads to itself: reading it tells.
    return 'unseen'
  }
}

function personaPaths(path: string): readonly string[] {
  const folder = dirname(path)
  const others = markdownIn(folder).filter(name => name !== basename(path))
  return [path, ...others.map(name => join(folder, name))]
}

/** In the order of their names; hidden ones are what editors leave. */
function markdownIn(folder: string): readonly string[] {
  try {
    const names = readdirSync(folder).filter(name => name.endsWith('.md') && !name.startsWith('.'))
    return names.filter(name => name.toLowerCase() !== 'readme.md').sort()
  } catch {
    return []
  }
}

function readFile(path: string, { path: usual, mostTokens, countTokens }: ReadOptions): ParsedPersona | Mistake {
  let text: string
  try {
    // Whoever opens a pipe waits until somebody writes into it, and all of Aeries with them.
    if (!statSync(path).isFile())
      return {
        line: 1,
        fault: 'it cannot be read, as it is no file',
        cure: 'put a markdown file there, or take it away',
      }
    text = readFileSync(path, 'utf8')
  } catch {
    return { line: 1, fault: 'it cannot be read', cure: 'name a readable markdown file' }
  }
  const parsed = parsePersona(text, path === usual ? usualName : undefined)
  if ('fault' in parsed) return parsed
  const { voice } = parsed.persona
  const tokens = countTokens(voice)
  if (tokens <= mostTokens) return parsed
  // Beside a longer one no question would find room, and every one would be answered with an apology.
  const fault = `it is too long: ${voice.length} characters are about ${tokens} tokens, and half of VLLM_CONTEXT_LENGTH, ${mostTokens}, is the most`
  return { line: text.split('\n').length, fault, cure: 'shorten it' }
}

function takenBy({ persona }: ParsedPersona, files: Reading['files']): PersonaFile | undefined {
  return [...files.values()].find(one => sameName(one.persona.name, persona.name))
}

function nameIsTaken({ persona }: ParsedPersona, by: PersonaFile | undefined): Mistake {
  const file = by === undefined ? 'another file' : basename(by.path)
  return { line: 2, fault: `the name "${persona.name}" is taken by ${file}`, cure: 'give it another one' }
}

export function sameName(one: string, other: string): boolean {
  return one.toLowerCase() === other.toLowerCase()
}
