import { readFileSync } from 'node:fs'

/** One wall: the linter's import rule for a room. */
export type Wall = Readonly<{
  /** Whose files stand behind it. */
  rooms: readonly string[]
  /** Patterns as the linter takes them: what may not be imported, and with `!` what may after all. */
  group: readonly string[]
  /** What the linter says at a breach. */
  message: string
}>

/** All walls, in the order of biome.json. */
export function readWalls(): readonly Wall[] {
  const { overrides } = JSON.parse(readFileSync('biome.json', 'utf8')) as { overrides: readonly Override[] }
  return overrides.flatMap(({ includes, linter }) => {
    const patterns = linter.rules.style?.noRestrictedImports?.options.patterns ?? []
    return patterns.map(({ group, message }) => ({ rooms: includes, group, message }))
  })
}

/** The walls as a table for people. */
export function drawWalls(walls: readonly Wall[]): string {
  const rows = walls.map(({ rooms, group, message }) => {
    const forbidden = group.filter(pattern => !pattern.startsWith('!'))
    const allowed = group.filter(pattern => pattern.startsWith('!')).map(pattern => pattern.slice(1))
    const isClosed = forbidden.length === 1 && forbidden[0] === '**'
    const exceptions = allowed.length > 0 ? `; of these it may: ${inCode(allowed)}` : ''
    const rule = isClosed ? `only ${inCode(allowed)}` : `anything but ${inCode(forbidden)}${exceptions}`
    return `| ${inCode(rooms)} | ${rule} | ${message} |`
  })
  return ['| room | imports | what the linter says |', '|---|---|---|', ...rows].join('\n')
}

type Override = Readonly<{
  includes: readonly string[]
  linter: Readonly<{
    rules: Readonly<{
      style?: Readonly<{
        noRestrictedImports?: Readonly<{
          options: Readonly<{ patterns: readonly Readonly<{ group: readonly string[]; message: string }>[] }>
        }>
      }>
    }>
  }>
}>

function inCode(patterns: readonly string[]): string {
  return patterns.map(pattern => `\`${pattern}\``).join(' ')
}
