import { existsSync, globSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { commands } from '#src/engine/commands/registry.ts'
import { listReactions } from '#src/engine/reactions/list-reactions.ts'
import { createReactionTable } from '#src/engine/reactions/reaction-table.ts'

const page = readFileSync('docs/using.md', 'utf8')

/** The rows of the table between two marks, without its head. */
function rowsOf(mark: string): readonly string[] {
  const [, table = ''] = new RegExp(`<!-- ${mark} -->\n([\\s\\S]*?)<!-- /${mark} -->`).exec(page) ?? []
  return table.trim().split('\n').slice(2)
}

describe('docs/using.md', () => {
  test('shows every command as it is', () => {
    const rows = commands.map(({ usage, description, isForAdmins }) => {
      const words = isForAdmins ? `${description} For those who run the place.` : description
      return `| \`/aeries ${usage.replaceAll('|', '\\|')}\` | ${words} |`
    })
    expect(rowsOf('commands')).toEqual(rows)
  })

  test('shows what each reaction does', () => {
    const rows = listReactions(createReactionTable(), undefined).map(line => {
      const words = line.split(' ')
      const first = words.findIndex(word => /^[A-Za-z]/.test(word))
      return `| ${words.slice(0, first).join(' ')} | ${words.slice(first).join(' ')} |`
    })
    expect(rowsOf('reactions')).toEqual(rows)
  })

  test('names no command that there is not, and no page', () => {
    const verbs = commands.map(({ verb }) => verb)
    const named = [...page.matchAll(/`?\/?aeries (\w+)/g)].map(([, verb = '']) => verb)
    expect(named.length).toBeGreaterThan(30)
    expect(named.filter(verb => !verbs.includes(verb))).toEqual([])
    const linked = [...page.matchAll(/\]\((?!https?:|#)([^)#]+)/g)].map(([, path = '']) => `docs/${path}`)
    expect(linked.filter(path => !existsSync(path))).toEqual([])
  })
})

test('every command is played through both real clients', () => {
  const journeys = globSync('test/journey/**/*.test.ts').map(path => readFileSync(path, 'utf8'))
  const played = journeys.join('\n')
  expect(commands.map(({ verb }) => verb).filter(verb => !played.includes(`, '${verb}'`))).toEqual([])
})
