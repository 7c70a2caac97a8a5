import { z } from 'zod'
import { claimKinds, type Slot, slots } from '#src/core/claim.ts'
import { ConfigError } from '#src/core/errors.ts'

/** One line of a file of scripted conversations; docs/memory.md tells the format. */
export type Step =
  | Readonly<{ type: 'case'; line: number; name: string }>
  | (Says & Readonly<{ type: 'says'; line: number }>)
  | (Expects & Readonly<{ type: 'brief'; line: number }>)

type Says = z.infer<typeof says>
type Expects = z.infer<typeof expects>

const slotNames = Object.keys(slots) as [Slot, ...Slot[]]
const where = z
  .string()
  .regex(/^(?:dm|#[\w-]+|private:[\w-]+|external:[\w-]+)$/, 'is dm, #name, private:name or external:name')
const common = {
  who: z.string().min(1),
  where,
  workspace: z.string().min(1).default('T1'),
  at: z.iso.datetime().optional(),
}
const named = z.strictObject({ slot: z.enum(slotNames), value: z.string() })

const proposed = z.strictObject({
  quote: z.string(),
  slot: z.enum(slotNames),
  value: z.string(),
  about: z.enum(['self', 'other_person', 'bot', 'world', 'none']).default('self'),
  kind: z.enum(claimKinds).default('fact'),
  lasts: z.enum(['permanent', 'months', 'days', 'now']).default('permanent'),
})

const says = z.strictObject({
  ...common,
  says: z.string().min(1),
  reply: z.string().min(1).default('Noted.'),
  /** What the observer's model makes of it; without it the real one is asked, or none. */
  observer: z.array(proposed).max(3).optional(),
  /** What has to be learnt of it, and nothing else. */
  learns: z.array(named).optional(),
})

const expects = z.strictObject({
  ...common,
  asks: z.string().min(1),
  must: z.array(z.string().min(1)).default([]),
  mustNot: z.array(z.string().min(1)).default([]),
})

const scene = z.strictObject({ case: z.string().min(1) })

/** Throws a `ConfigError` that names the line and its fault. */
export function readScript(text: string, name: string): readonly Step[] {
  const steps = text
    .split('\n')
    .flatMap((line, index) => (/^\s*(?:\/\/.*)?$/.test(line) ? [] : [readLine(line, index + 1, name)]))
  if (steps.length === 0) throw new ConfigError(`${name} has no line to run. docs/memory.md tells the format.`)
  return steps
}

function readLine(text: string, line: number, name: string): Step {
  const value = parse(text, line, name)
  const has = (key: string) => typeof value === 'object' && value !== null && key in value
  if (has('case')) return { type: 'case', line, name: read(scene, value, line, name).case }
  if (has('says')) return { type: 'says', line, ...read(says, value, line, name) }
  return { type: 'brief', line, ...read(expects, value, line, name) }
}

function read<T>(schema: z.ZodType<T>, value: unknown, line: number, name: string): T {
  const { data, error } = schema.safeParse(value)
  if (error) throw new ConfigError(`${name}, line ${line}: ${z.prettifyError(error).replace(/\s*\n\s*/g, ' ')}`)
  return data
}

function parse(text: string, line: number, name: string): unknown {
  try {
    return JSON.parse(text)
  } catch (cause) {
    throw new ConfigError(`${name}, line ${line}: this is no JSON.`, { cause })
  }
}
