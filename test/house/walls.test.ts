import { execFile } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, matchesGlob, resolve } from 'node:path'
import { beforeAll, describe, expect, test } from 'vitest'
import { z } from 'zod'
import { drawWalls, readWalls } from './walls.ts'

/** Where, what it would like to import, and the beginning of what the linter says: nothing for an import that is allowed. */
type Plant = readonly [file: string, imports: string, says: string]

const adapter = 'an adapter knows its platform'
const beside = 'config, logger and clock stand by themselves'
const introducing = 'main and its own files introduce the rooms'
const nobody = 'nobody imports main'
const pageWall = "the playground's page runs in a browser"
const chatWall = 'the chat page runs in a browser'
const sharedWall = 'page holds what every page in a browser shares'

const plants: readonly Plant[] = [
  ['src/core/a.ts', './b.ts', ''],
  ['src/core/a.ts', 'zod', 'core says what things are'],
  ['src/core/a.ts', 'node:crypto', 'core says what things are'],
  ['src/core/a.ts', '#src/engine/engine.ts', 'core says what things are'],
  ['src/core/a.ts', '../config.ts', 'core says what things are'],

  ['src/engine/a.ts', '#src/core/b.ts', ''],
  ['src/engine/a.ts', '#src/markdown/b.ts', ''],
  ['src/engine/a.ts', 'p-queue', ''],
  ['src/engine/a.ts', '#src/vllm/b.ts', 'engine knows the conversation'],
  ['src/engine/a.ts', '#src/sqlite/b.ts', 'engine knows the conversation'],
  ['src/engine/a.ts', '#adapters/discord/b.ts', 'engine knows the conversation'],
  ['src/engine/a.ts', 'discord.js', 'engine knows the conversation'],
  ['src/engine/a.ts', '../core/b.ts', 'engine knows the conversation'],

  ['src/observer/a.ts', '#src/core/b.ts', ''],
  ['src/observer/a.ts', 'zod', ''],
  ['src/observer/a.ts', '#src/engine/b.ts', 'observer learns'],
  ['src/observer/a.ts', 'better-sqlite3', 'observer learns'],

  ['src/personas/a.ts', '#src/core/b.ts', ''],
  ['src/personas/a.ts', 'yaml', ''],
  ['src/personas/a.ts', 'node:fs', ''],
  ['src/personas/a.ts', '#src/engine/b.ts', 'personas reads who Aeries is'],
  ['src/personas/a.ts', '#src/sqlite/b.ts', 'personas reads who Aeries is'],

  ['src/files/a.ts', '#src/core/b.ts', ''],
  ['src/files/a.ts', '#src/engine/b.ts', 'files fetches what a platform keeps'],
  ['src/files/a.ts', 'undici', 'files fetches what a platform keeps'],

  ['src/vllm/a.ts', 'undici', ''],
  ['src/vllm/a.ts', 'eventsource-parser/stream', ''],
  ['src/vllm/a.ts', 'node:timers/promises', ''],
  ['src/vllm/a.ts', '#src/engine/b.ts', "vllm speaks the model's wire"],
  ['src/vllm/a.ts', '#playground/vllm-server/b.ts', "vllm speaks the model's wire"],

  ['src/sqlite/a.ts', 'better-sqlite3', ''],
  ['src/sqlite/a.ts', 'node:fs', ''],
  ['src/sqlite/a.ts', '#src/engine/b.ts', 'sqlite speaks SQL'],
  ['src/sqlite/a.ts', 'undici', 'sqlite speaks SQL'],

  ['src/markdown/a.ts', 'micromark', ''],
  ['src/markdown/a.ts', 'mdast-util-from-markdown', ''],
  ['src/markdown/a.ts', 'string-width', ''],
  ['src/markdown/a.ts', '#src/core/b.ts', 'markdown is pure'],
  ['src/markdown/a.ts', 'node:util', 'markdown is pure'],

  ['src/ops/a.ts', 'prom-client', ''],
  ['src/ops/a.ts', '#src/sqlite/b.ts', 'ops is given a list of checks'],

  ['src/app.ts', '#src/engine/b.ts', ''],
  ['src/app.ts', '#src/observer/b.ts', ''],
  ['src/app.ts', '#adapters/discord/b.ts', 'app ties inbox, engine and observer'],
  ['src/app.ts', '#src/sqlite/b.ts', 'app ties inbox, engine and observer'],

  ['src/config.ts', 'zod', ''],
  ['src/config.ts', '#src/core/b.ts', ''],
  ['src/vllm-config.ts', '#src/engine/b.ts', beside],
  ['src/logger.ts', 'pino', ''],
  ['src/config.ts', '#src/engine/b.ts', beside],
  ['src/logger.ts', '#src/main.ts', beside],
  ['src/system-clock.ts', '#test/support/b.ts', beside],
  ['src/a-new-one.ts', '#src/sqlite/b.ts', ''],
  ['src/a-new-one.ts', '#playground/b.ts', introducing],

  ['src/main.ts', '#adapters/discord/b.ts', ''],
  ['src/main.ts', './app.ts', ''],
  ['src/main.ts', '#playground/main.ts', introducing],
  ['src/main.ts', '#src/commands/bench.ts', introducing],
  ['src/main.ts', '#bench/b.ts', introducing],

  ['src/commands/a.ts', '#bench/b.ts', ''],
  ['src/commands/a.ts', '#src/engine/b.ts', ''],
  ['src/commands/a.ts', '#src/main.ts', 'a command may import everything but main'],

  ['adapters/discord/a.ts', 'discord.js', ''],
  ['adapters/discord/a.ts', '#src/core/b.ts', ''],
  ['adapters/discord/a.ts', '#src/markdown/b.ts', ''],
  ['adapters/discord/a.ts', '#src/files/b.ts', ''],
  ['adapters/discord/a.ts', '#src/engine/b.ts', adapter],
  ['adapters/discord/a.ts', '#adapters/slack/b.ts', adapter],
  ['adapters/discord/a.ts', '#playground/discord-server/b.ts', adapter],
  ['adapters/discord/a.ts', '@slack/bolt', adapter],
  ['adapters/discord/a.ts', '../slack/b.ts', adapter],
  ['adapters/discord/a.ts', '#test/support/b.ts', adapter],

  ['adapters/web/a.ts', 'hono', ''],
  ['adapters/web/a.ts', '@hono/node-server/serve-static', ''],
  ['adapters/web/a.ts', 'node:http', ''],
  ['adapters/web/a.ts', '#src/core/b.ts', ''],
  ['adapters/web/a.ts', '#src/engine/b.ts', 'the web door speaks HTTP'],
  ['adapters/web/a.ts', '#src/sqlite/b.ts', 'the web door speaks HTTP'],
  ['adapters/web/a.ts', '#adapters/slack/b.ts', 'the web door speaks HTTP'],
  ['adapters/web/a.ts', 'undici', 'the web door speaks HTTP'],

  ['adapters/slack/a.ts', '@slack/bolt', ''],
  ['adapters/slack/a.ts', '#src/core/b.ts', ''],
  ['adapters/slack/a.ts', '#src/sqlite/b.ts', adapter],
  ['adapters/slack/a.ts', '#adapters/discord/b.ts', adapter],
  ['adapters/slack/a.ts', 'discord.js', adapter],
  ['adapters/slack/a.ts', '#bench/b.ts', adapter],

  ['playground/a.ts', 'ws', ''],
  ['playground/a.ts', '#playground/discord-server/b.ts', ''],
  ['playground/a.ts', '#src/main.ts', 'playground speaks the wire'],
  ['playground/a.ts', '#src/core/b.ts', 'playground speaks the wire'],
  ['playground/terminal/a.ts', '#adapters/discord/b.ts', 'playground speaks the wire'],
  ['playground/terminal/a.ts', '../main.ts', 'playground speaks the wire'],
  ['playground/a.ts', '#test/support/b.ts', 'playground speaks the wire'],
  ['playground/page-server/a.ts', '#playground/page/wire.ts', ''],
  ['playground/page-server/a.ts', '#page/b.ts', 'playground speaks the wire'],

  ['playground/page/a.tsx', '#page/b.tsx', ''],
  ['playground/page/a.tsx', '#playground/page/b.ts', ''],
  ['playground/page/a.tsx', 'preact/hooks', ''],
  ['playground/page/a.tsx', '@preact/signals', ''],
  ['playground/page/a.tsx', '#playground/stage.ts', pageWall],
  ['playground/page/a.tsx', 'node:fs', pageWall],

  ['adapters/web/page/a.tsx', '#page/b.tsx', ''],
  ['adapters/web/page/a.tsx', '#adapters/web/page/b.ts', ''],
  ['adapters/web/page/a.tsx', 'preact/hooks', ''],
  ['adapters/web/page/a.tsx', 'lowlight', ''],
  ['adapters/web/page/a.tsx', '#adapters/web/door.ts', chatWall],
  ['adapters/web/page/a.tsx', '#src/core/b.ts', chatWall],
  ['adapters/web/page/a.tsx', 'hono', chatWall],

  ['page/a.tsx', './b.ts', ''],
  ['page/a.tsx', 'preact', ''],
  ['page/a.tsx', 'mdast-util-gfm', ''],
  ['page/a.tsx', '#playground/page/wire.ts', sharedWall],
  ['page/a.tsx', '#src/core/b.ts', sharedWall],

  ['bench/a.ts', '#src/engine/b.ts', ''],
  ['bench/a.ts', '#src/main.ts', nobody],
  ['bench/chaos/a.ts', './checker/b.ts', ''],
  ['bench/chaos/checker/a.ts', 'better-sqlite3', ''],
  ['bench/chaos/checker/a.ts', '#src/markdown/b.ts', 'the checker of the chaos is independent'],
  ['bench/chaos/checker/a.ts', '#playground/discord-server/b.ts', 'the checker of the chaos is independent'],
  ['test/a.test.ts', '#playground/discord-server/b.ts', ''],
  ['test/a.test.ts', '#src/main.ts', nobody],
  ['test/deep/a.test.ts', '../support/b.ts', nobody],
]

describe('the walls between the rooms', () => {
  const found = new Map<string, readonly string[]>()

  beforeAll(async () => {
    for (const [place, messages] of await lint(plantedHouse())) found.set(place, messages)
  })

  test.each(plants)('%s imports %s: %s', (file, imports, says) => {
    const messages = found.get(`${file}:${plantsIn(file).indexOf(imports) + 1}`) ?? []
    expect(messages).toEqual(says === '' ? [] : [expect.stringContaining(says)])
  })

  test.each(['cycle', 'type-cycle'])('a %s of imports is found', name => {
    expect(found.get(`src/engine/${name}/one.ts:1`)).toEqual([expect.stringContaining('cycle')])
    expect(found.get(`src/engine/${name}/two.ts:1`)).toEqual([expect.stringContaining('cycle')])
  })

  test('every wall is breached by a plant', () => {
    const said = new Set([...found.values()].flat())
    expect(readWalls().filter(({ message }) => !said.has(message))).toEqual([])
  })

  test('every room has a wall', () => {
    const walled = readWalls().flatMap(wall => wall.rooms)
    expect(rooms().filter(room => !walled.some(pattern => matchesGlob(room, pattern)))).toEqual([])
  })

  test('devsetup.md draws them as they are', () => {
    expect(readFileSync('devsetup.md', 'utf8')).toContain(drawWalls(readWalls()))
  })
})

/** A file of each folder that may hold code, and each file of src/ itself. */
function rooms(): readonly string[] {
  const entries = ['src', 'adapters'].flatMap(place =>
    readdirSync(place, { withFileTypes: true }).map(entry => ({ path: `${place}/${entry.name}`, entry })),
  )
  return [
    ...entries.map(({ path, entry }) => (entry.isDirectory() ? `${path}/a.ts` : path)),
    'page/a.ts',
    'playground/a.ts',
    'playground/page/a.ts',
    'bench/a.ts',
    'test/a.ts',
  ]
}

/** A house beside this one with the same linter, one import a line. */
function plantedHouse(): string {
  const house = mkdtempSync(join(tmpdir(), 'aeries-walls-'))
  for (const file of ['biome.json', 'package.json', '.gitignore']) cpSync(file, join(house, file))
  for (const [file] of plants) write(house, file, plantsIn(file))
  write(house, 'src/engine/cycle/one.ts', ['./two.ts'])
  write(house, 'src/engine/cycle/two.ts', ['./one.ts'])
  write(house, 'src/engine/type-cycle/one.ts', ['./two.ts'], 'import type * as other from')
  write(house, 'src/engine/type-cycle/two.ts', ['./one.ts'], 'import type * as other from')
  return house
}

function plantsIn(wanted: string): readonly string[] {
  return plants.filter(([file]) => file === wanted).map(([, imports]) => imports)
}

function write(house: string, path: string, imports: readonly string[], how = 'import'): void {
  const file = join(house, path)
  mkdirSync(dirname(file), { recursive: true })
  writeFileSync(file, imports.map(one => `${how} '${one}'\n`).join(''))
}

const report = z.object({
  diagnostics: z.array(
    z.object({
      message: z.string(),
      location: z.object({ path: z.string(), start: z.object({ line: z.number() }) }),
    }),
  ),
})

/** What the linter says of imports, by file and line. */
async function lint(house: string): Promise<ReadonlyMap<string, readonly string[]>> {
  const only = ['--only=style/noRestrictedImports', '--only=suspicious/noImportCycles']
  const command = ['lint', '--reporter=json', '--max-diagnostics=none', ...only, '.']
  const { promise, resolve: done } = Promise.withResolvers<string>()
  // It ends with 1, as it should; what counts is the report.
  execFile(resolve('node_modules/.bin/biome'), command, { cwd: house }, (_, output) => done(output))
  const { diagnostics } = report.parse(JSON.parse(await promise))
  rmSync(house, { recursive: true })
  const byPlace = Map.groupBy(diagnostics, ({ location: { path, start } }) => `${path}:${start.line}`)
  return new Map([...byPlace].map(([place, all]) => [place, all.map(({ message }) => message)]))
}
