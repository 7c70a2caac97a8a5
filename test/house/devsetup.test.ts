import { existsSync, globSync, readdirSync, readFileSync } from 'node:fs'
import { PermissionFlagsBits } from 'discord.js'
import { describe, expect, test } from 'vitest'

const page = readFileSync('devsetup.md', 'utf8')

describe('devsetup.md', () => {
  test('invites the bot with exactly the permissions that it lists', () => {
    const listed = rowsAfter('| permission |').map(([name = '']) => bitOf(name))
    const sum = listed.reduce((all, bit) => all | bit, 0n)
    expect(page).toContain(`scope=bot+applications.commands&permissions=${sum}\n`)
    expect(listed.length).toBeGreaterThan(0)
  })

  test('quotes what the start says in its own words', () => {
    const sources = globSync('{src,adapters}/**/*.ts').map(path =>
      readFileSync(path, 'utf8').replace(/\$\{[^}]*\}/g, '...'),
    )
    const said = rowsAfter('| it says |').flatMap(([says = '']) => /`([^`]+)`/.exec(says)?.[1] ?? [])
    const unsaid = said.filter(
      words => !words.split('...').every(part => sources.some(source => source.includes(part.trim()))),
    )
    expect(said.length).toBeGreaterThan(5)
    expect(unsaid).toEqual([])
  })

  test('and README.md list every command and every bench', () => {
    const scripts = Object.keys(JSON.parse(readFileSync('package.json', 'utf8')).scripts)
    const readme = readFileSync('README.md', 'utf8')
    const beside = ['dev', 'lint', 'types', 'dead']
    const told = (name: string) => new RegExp(`npm (?:run (?:--silent )?)?${name}\\b`).test(page + readme)
    expect(scripts.filter(name => !beside.includes(name) && !told(name))).toEqual([])
    const benches = readdirSync('bench').flatMap(name => (name.endsWith('.ts') ? [name.slice(0, -3)] : []))
    const listed = [...readme.matchAll(/^\| `(\w+)` \| /gm)].map(([, name = '']) => name)
    expect(benches.filter(name => !listed.includes(name))).toEqual([])
    expect(benches.length).toBeGreaterThan(7)
  })

  test('has a line for every room', () => {
    const rooms = ['src', 'adapters'].flatMap(place =>
      readdirSync(place, { withFileTypes: true })
        .filter(entry => entry.isDirectory())
        .map(({ name }) => `${place}/${name}`),
    )
    const told = rowsAfter('| room | its craft |').map(([room = '']) => room.replaceAll('`', ''))
    expect(rooms.filter(room => !told.includes(room))).toEqual([])
  })

  test('shows what the doctor says under the names that it gives', () => {
    const sources = globSync('src/commands/doctor/*.ts').map(path => readFileSync(path, 'utf8'))
    const shown = [...page.matchAll(/^(?:ok|warning|fault) +([a-z ]+): /gm)].map(([, name = '']) => name)
    const platforms = ['discord', 'slack']
    // biome-ignore lint/suspicious/noTemplateCurlyInString: so it stands in the source
    const clocks = sources.some(source => source.includes('`${platform} clock`'))
    const known = (name: string) => sources.some(source => source.includes(`'${name}'`))
    expect(new Set(shown).size).toBeGreaterThan(18)
    expect(clocks).toBe(true)
    expect(shown.filter(name => !known(name) && !platforms.some(one => name === `${one} clock`))).toEqual([])
  })

  test('explains every figure of ours', () => {
    const told = new Set(
      rowsAfter('| figure | what it is |').flatMap(([names = '']) => names.match(/aeries_\w+/g) ?? []),
    )
    const shown = readFileSync('deploy/grafana-dashboard.json', 'utf8').match(/\baeries_\w+/g) ?? []
    expect(shown.map(name => name.replace(/_bucket$/, '')).filter(name => !told.has(name))).toEqual([])
  })

  test.each(['devsetup.md', 'README.md'])('%s names no file that there is not', name => {
    const text = readFileSync(name, 'utf8')
    const inCode = text.matchAll(/`((?:src|adapters|playground|bench|test|docs|personas|deploy|\.ci)\/[\w./-]+)`/g)
    const linked = text.matchAll(/\]\((?!https?:|#)([^)#]+)/g)
    const paths = [...inCode, ...linked].map(([, path = '']) => path)
    expect(paths.length).toBeGreaterThan(2)
    expect(paths.filter(path => !existsSync(path))).toEqual([])
  })
})

/** The cells of the table that begins with this heading, without its rule. */
function rowsAfter(heading: string): readonly (readonly string[])[] {
  const lines = page
    .slice(page.indexOf(heading))
    .split('\n')
    .map(line => line.trim())
  const rows = lines.slice(
    2,
    lines.findIndex(line => !line.startsWith('|')),
  )
  return rows.map(row =>
    row
      .split('|')
      .slice(1, -1)
      .map(cell => cell.trim()),
  )
}

/** "Send Messages in Threads" is SendMessagesInThreads; what the portal calls View Channels is ViewChannel. */
function bitOf(name: string): bigint {
  const wanted = name.replaceAll(' ', '').toLowerCase()
  const [, bit] =
    Object.entries(PermissionFlagsBits).find(([known]) =>
      [known, `${known}s`].some(one => one.toLowerCase() === wanted),
    ) ?? []
  if (bit === undefined) throw new Error(`Discord knows no permission "${name}"`)
  return bit
}
