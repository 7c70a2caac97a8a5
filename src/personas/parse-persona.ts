import { type Document, isMap, LineCounter, type Node, parseDocument, visit } from 'yaml'
import { z } from 'zod'
import type { Persona } from '#src/core/persona.ts'

/** A persona as its file has it, with the places that are its own: `platform:workspace` or `platform:workspace:channel`. */
export type ParsedPersona = Readonly<{ persona: Persona; places: readonly string[] }>

/** What is wrong with a file, where, and what to do about it. */
export type Mistake = Readonly<{ line: number; fault: string; cure: string }>

const between = (least: number, most: number) => {
  const cure = `must be a number from ${least} to ${most}`
  return z.number(cure).min(least, cure).max(most, cure)
}

/** vLLM refuses every question with a fraction here. */
const wholeBetween = (least: number, most: number) => {
  const cure = `must be a whole number from ${least} to ${most}`
  return z.int(cure).min(least, cure).max(most, cure)
}

const form = 'must be PLATFORM:WORKSPACE or PLATFORM:WORKSPACE:CHANNEL, like discord:1234 or slack:T1:C2'
const place = z.string(form).regex(/^[a-z]+:[\w-]+(?::[\w-]+)?$/, form)

/** At most 40 characters: it stands in buttons and menus, and is typed. */
const name = z
  .string('must be a word or two')
  .regex(/^[\p{L}\p{N}][\p{L}\p{N} ._'-]{0,39}$/u, 'must be at most 40 letters, digits and blanks')
  .refine(word => word.toLowerCase() !== 'default', 'must not be "default": that takes a choice back')

const schema = z.strictObject({
  name,
  about: z.string('must be one line of text').max(100, 'must be at most 100 characters').optional(),
  places: z.array(place, 'must be a list: [discord:1234, slack:T1:C2]').default([]),
  temperature: between(0, 2).optional(),
  topP: between(0.01, 1).optional(),
  topK: wholeBetween(0, 1_000_000).optional(),
  presencePenalty: between(-2, 2).optional(),
  // Fewer are no answer.
  maxTokens: wholeBetween(128, 1_000_000).optional(),
})

const fields = Object.keys(schema.shape).join(', ')

/** The front matter between two lines of dashes; a file without one is the voice alone, under a usual name. */
const frontMatter = /^\uFEFF?---[ \t]*\r?\n([\s\S]*?)(?:^|\r?\n)---[ \t]*(?:\r?\n|$)/m
const opening = /^\uFEFF?---[ \t]*\r?\n/

/** Reads a persona's file. `usualName`: of one that gives none. */
export function parsePersona(text: string, usualName?: string): ParsedPersona | Mistake {
  if (!opening.test(text)) {
    if (usualName === undefined) return noName(1)
    return finish({ name: usualName, places: [] }, text, 1)
  }
  const [whole, yaml = ''] = frontMatter.exec(text) ?? []
  if (whole === undefined || !text.startsWith(whole)) {
    return { line: 1, fault: 'the front matter has no end', cure: 'write a line of --- below it' }
  }
  const head = readHead(yaml, usualName)
  if ('fault' in head) return head
  return finish(head, text.slice(whole.length), whole.split('\n').length)
}

type Head = z.infer<typeof schema>

/** The front matter's first line is the file's second. */
const above = 1

function readHead(yaml: string, usualName: string | undefined): Head | Mistake {
  const lines = new LineCounter()
  const document = parseDocument(yaml, { lineCounter: lines, prettyErrors: false })
  const [error] = document.errors
  if (error) {
    const { line } = lines.linePos(error.pos[0])
    return {
      line: line + above,
      fault: error.message.split('\n')[0] ?? '',
      cure: 'write it as YAML: name: value, a line each',
    }
  }
  const lineOf = (path: readonly PropertyKey[]): number => {
    const node = path.length === 0 ? document.contents : document.getIn(path, true)
    const start = (node as Node | undefined)?.range?.[0] ?? keyStart(document.contents, path[0])
    return start === undefined ? above : lines.linePos(start).line + above
  }
  const alias = aliasStart(document)
  if (alias !== undefined) {
    // One without its anchor, or too many in one another, cannot be resolved at all.
    const line = lines.linePos(alias).line + above
    return { line, fault: 'a value that begins with * stands for another one', cure: 'write it out, or in quotes' }
  }
  const given: unknown = document.toJS() ?? {}
  const parsed = schema.safeParse(
    usualName === undefined || !isMap(document.contents) ? given : { name: usualName, ...(given as object) },
  )
  if (parsed.success) return parsed.data
  const [issue] = parsed.error.issues
  if (issue === undefined) return noName(above)
  if (issue.code === 'unrecognized_keys') {
    const [key = ''] = issue.keys
    return {
      line: above + (lines.linePos(keyStart(document.contents, key) ?? 0).line || 1),
      fault: `"${key}" is nothing that a persona has`,
      cure: `take it out, or write one of ${fields}`,
    }
  }
  const [field] = issue.path
  if (field === 'name' && (given as Partial<Head>).name === undefined) return noName(above + 1)
  if (field === undefined)
    return { line: above + 1, fault: 'the front matter is no list of fields', cure: 'write name: value, a line each' }
  return { line: lineOf(issue.path), fault: `${String(field)} will not do`, cure: `it ${issue.message}` }
}

function noName(line: number): Mistake {
  return { line, fault: 'it has no name', cure: 'begin the file with ---, a line name: and the name, and ---' }
}

function aliasStart(document: Document): number | undefined {
  let start: number | undefined
  visit(document, {
    Alias(_, { range }) {
      start = range?.[0] ?? 0
      return visit.BREAK
    },
  })
  return start
}

function keyStart(contents: unknown, key: PropertyKey | undefined): number | undefined {
  if (!isMap(contents)) return undefined
  const pair = contents.items.find(one => (one.key as { value?: unknown } | null)?.value === key)
  return (pair?.key as Node | undefined)?.range?.[0]
}

function finish(
  { name, about, places, maxTokens, ...asked }: Head,
  voice: string,
  line: number,
): ParsedPersona | Mistake {
  if (voice.trim() === '')
    return { line, fault: 'there are no words', cure: 'write down who Aeries is, below the front matter' }
  const sampling = Object.fromEntries(Object.entries(asked).filter(([, value]) => value !== undefined))
  const persona = {
    name,
    voice,
    ...(about !== undefined && { about }),
    ...(Object.keys(sampling).length > 0 && { sampling }),
    ...(maxTokens !== undefined && { maxTokens }),
  }
  return { persona, places }
}
