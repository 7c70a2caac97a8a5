type Schema = Readonly<Record<string, unknown>>

const maxDepth = 6 // beyond it, a recursive schema gets its smallest value

/**
 * A value that follows a JSON schema: every declared property in its order, the first choice everywhere, strings made of
 * `words` (what the person said), so that a quote is really theirs. Arrays are as short as allowed.
 */
export function answerToSchema(schema: unknown, words: string): unknown {
  return new Generator(asSchema(schema), words.replace(/["\\\r\n]+/g, ' ').trim()).value(asSchema(schema), 0)
}

class Generator {
  readonly #root: Schema
  readonly #words: string

  constructor(root: Schema, words: string) {
    this.#root = root
    this.#words = words
  }

  value(schema: Schema, depth: number): unknown {
    const reference = schema['$ref']
    if (typeof reference === 'string') return this.value(this.#resolve(reference), depth + 1)
    if ('const' in schema) return schema['const']
    const choices = schema['enum']
    if (Array.isArray(choices)) return choices[0]
    const branches = schema['anyOf'] ?? schema['oneOf'] ?? schema['allOf']
    if (Array.isArray(branches)) return this.value(this.#branch(branches, depth), depth + 1)
    const type = [schema['type']].flat()[0] ?? (schema['properties'] ? 'object' : 'string')
    switch (type) {
      case 'object':
        return this.#object(schema, depth)
      case 'array':
        return this.#array(schema, depth)
      case 'integer':
      case 'number':
        return numberFor(schema)
      case 'boolean':
        return false
      case 'null':
        return null
      default:
        return this.#string(schema)
    }
  }

  #object(schema: Schema, depth: number): unknown {
    const required = new Set([schema['required'] ?? []].flat())
    const properties = Object.entries(asSchema(schema['properties']))
    const wanted = depth < maxDepth ? properties : properties.filter(([name]) => required.has(name))
    return Object.fromEntries(wanted.map(([name, part]) => [name, this.value(asSchema(part), depth + 1)]))
  }

  #array(schema: Schema, depth: number): unknown {
    const leading = [schema['prefixItems'] ?? []].flat().map(part => this.value(asSchema(part), depth + 1))
    const least = typeof schema['minItems'] === 'number' ? schema['minItems'] : 0
    while (leading.length < least) leading.push(this.value(asSchema(schema['items']), depth + 1))
    return leading
  }

  #string(schema: Schema): string {
    const sample = samples.get(String(schema['format']))
    if (sample !== undefined) return sample
    const most = typeof schema['maxLength'] === 'number' ? schema['maxLength'] : 200
    const least = typeof schema['minLength'] === 'number' ? schema['minLength'] : 0
    return [...this.#words].slice(0, most).join('').trim().padEnd(least, 'x')
  }

  // Deep in a recursion the way out is null, where the schema has it.
  #branch(branches: readonly unknown[], depth: number): Schema {
    const isNull = (branch: unknown) => asSchema(branch)['type'] === 'null'
    const way = depth < maxDepth ? branches.find(branch => !isNull(branch)) : branches.find(isNull)
    return asSchema(way ?? branches[0])
  }

  #resolve(reference: string): Schema {
    let at: unknown = this.#root
    for (const step of reference.split('/').slice(1)) at = asSchema(at)[decodeURIComponent(step)]
    return asSchema(at)
  }
}

const samples: ReadonlyMap<string, string> = new Map([
  ['date', '2026-01-31'],
  ['time', '12:00:00Z'],
  ['date-time', '2026-01-31T12:00:00Z'],
  ['email', 'ada@example.com'],
  ['uuid', '00000000-0000-4000-8000-000000000000'],
  ['uri', 'https://example.com/'],
  ['ipv4', '127.0.0.1'],
  ['ipv6', '::1'],
  ['hostname', 'example.com'],
  ['duration', 'PT1H'],
])

function numberFor(schema: Schema): number {
  const least = schema['minimum']
  const above = schema['exclusiveMinimum']
  const most = schema['maximum']
  if (typeof least === 'number') return least
  if (typeof above === 'number') return above + 1
  return typeof most === 'number' ? Math.min(0, most) : 0
}

function asSchema(value: unknown): Schema {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : {}
}
