import { execFileSync } from 'node:child_process'
import { existsSync, globSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { builtinModules } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join, normalize } from 'node:path'
import { describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import { z } from 'zod'
import { settingNames } from '#src/config.ts'
import { isSecret } from '#src/secret-files.ts'
import { Service } from '#test/support/start-service.ts'

const dockerfile = readFileSync('deploy/Dockerfile', 'utf8')
const unit = readFileSync('deploy/aeries.service', 'utf8')
const packages = z
  .object({ dependencies: z.record(z.string(), z.string()), scripts: z.record(z.string(), z.string()) })
  .parse(JSON.parse(readFileSync('package.json', 'utf8')))

const serviceSchema = z.object({
  build: z.object({ context: z.string(), dockerfile: z.string() }).optional(),
  command: z.array(z.string()).optional(),
  environment: z.record(z.string(), z.string()).optional(),
  secrets: z.array(z.string()).optional(),
  volumes: z.array(z.string()).optional(),
  networks: z.array(z.string()).optional(),
  ports: z.array(z.string()).optional(),
  read_only: z.boolean().optional(),
  cap_drop: z.array(z.string()).optional(),
  ulimits: z.object({ core: z.number() }).optional(),
})
const compose = z
  .object({
    services: z.record(z.string(), serviceSchema),
    networks: z.record(z.string(), z.unknown()),
    volumes: z.record(z.string(), z.unknown()),
    secrets: z.record(z.string(), z.object({ file: z.string() })),
  })
  .parse(parse(readFileSync('deploy/compose.yaml', 'utf8')))

/** The settings that a file sets, whether in a file of their own or not. */
function settingsIn(text: string): readonly string[] {
  return [...text.matchAll(/\b([A-Z][A-Z0-9_]+)[=:]/g)].flatMap(([, name = '']) => (isOurs(name) ? [name] : []))
}

function isOurs(name: string): boolean {
  return /^(?:DISCORD|SLACK|VLLM|OPS|DATABASE|LOG|SECRETS)_/.test(name) && !name.startsWith('VLLM_HTTP_')
}

function isKnown(name: string): boolean {
  const bare = name.replace(/_FILE$/, '')
  return settingNames.includes(name) || (bare !== name && isSecret(bare) && settingNames.includes(bare))
}

describe('deploy/', () => {
  test.each(['Dockerfile', 'compose.yaml', 'aeries.service', 'aeries-backup.service'])(
    '%s sets nothing that Aeries does not know',
    name => {
      const set = settingsIn(readFileSync(`deploy/${name}`, 'utf8'))
      expect(set.length).toBeGreaterThan(0)
      expect(set.filter(one => !isKnown(one))).toEqual([])
    },
  )

  test('the image has all that the service and its commands import, and nothing that only tests need', () => {
    const copied = copiedIn(dockerfile)
    expect(copied.filter(path => !existsSync(path))).toEqual([])
    const ignored = readFileSync('deploy/Dockerfile.dockerignore', 'utf8').split('\n')
    expect(ignored.flatMap(line => (line.startsWith('!') ? [line.slice(1)] : [])).sort()).toEqual([...copied].sort())

    const { files, imported } = closureOf([
      'src/main.ts',
      ...['backup', 'restore', 'migrate', 'doctor', 'manifest', 'contract', 'person'].map(
        name => `src/commands/${name}.ts`,
      ),
    ])
    expect(files.length).toBeGreaterThan(100)
    const inImage = copiedIn(dockerfile.slice(dockerfile.lastIndexOf('\nFROM ')))
    expect(files.filter(file => !inImage.includes(file.split('/')[0] ?? ''))).toEqual([])
    for (const name of ['start', 'doctor', 'backup']) {
      const [, runner = ''] = packages.scripts[name]?.split(' ') ?? []
      expect(inImage, `npm run ${name}`).toContain(runner)
    }
    expect(imported.filter(name => !(name in packages.dependencies))).toEqual([])
  })

  test('the image runs the Node that the tests run on, as nobody in particular, and writes no secret down', () => {
    const version = readFileSync('.node-version', 'utf8').trim()
    expect(dockerfile).toContain(`FROM node:${version}-`)
    expect(dockerfile).toContain('npm ci --omit=dev --omit=optional')
    expect(dockerfile).toMatch(/^USER node$/m)
    expect(dockerfile).toMatch(/^CMD \["node", "--report-exclude-env", "src\/main\.ts"\]$/m)
  })

  test('the compose file names what is there, and nothing that is not used', () => {
    const { aeries, vllm, prometheus } = compose.services
    expect(existsSync(join('deploy', aeries?.build?.context ?? 'x', aeries?.build?.dockerfile ?? 'x'))).toBe(true)
    const services = Object.values(compose.services)
    expect(new Set(services.flatMap(({ networks = [] }) => networks))).toEqual(new Set(Object.keys(compose.networks)))
    const volumes = services.flatMap(({ volumes = [] }) => volumes.map(volume => volume.split(':')[0] ?? ''))
    expect(volumes.filter(name => name.startsWith('.') && !existsSync(join('deploy', name)))).toEqual([])
    expect(new Set(volumes.filter(name => !name.startsWith('.')))).toEqual(new Set(Object.keys(compose.volumes)))
    expect(services.flatMap(({ secrets = [] }) => secrets)).toEqual(Object.keys(compose.secrets))
    for (const hard of [aeries, prometheus]) expect(hard).toMatchObject({ read_only: true, cap_drop: ['ALL'] })
    expect(aeries?.ulimits).toEqual({ core: 0 })
    for (const port of services.flatMap(({ ports = [] }) => ports)) expect(port).toMatch(/^127\.0\.0\.1:/)
    expect(vllm?.ports).toBeUndefined()
    expect(aeries?.environment?.['VLLM_URL']).toBe('http://vllm:8000')
  })

  test('vLLM is started as devsetup.md starts it', () => {
    const page = readFileSync('devsetup.md', 'utf8')
    const [, command = ''] = /vllm serve ([^`]+)```/.exec(page) ?? []
    const explained = command.match(/--[\w-]+/g) ?? []
    const given = compose.services['vllm']?.command?.map(word => word.split('=')[0]) ?? []
    expect(explained.length).toBeGreaterThan(5)
    expect(explained.filter(flag => !given.includes(flag))).toEqual([])
    for (const word of compose.services['vllm']?.command ?? []) {
      const [, json] = /^--[\w-]+=(\{.*)$/.exec(word) ?? []
      if (json !== undefined) expect(() => JSON.parse(json)).not.toThrow()
    }
  })

  test.each(['aeries.service', 'aeries-backup.service'])('%s starts a file that there is, without core dumps', name => {
    const text = readFileSync(`deploy/${name}`, 'utf8')
    expect(existsSync(startOf(text).split(' ').at(-1) ?? '')).toBe(true)
    for (const line of [
      'LimitCORE=0',
      'NoNewPrivileges=yes',
      'ProtectSystem=strict',
      'DynamicUser=yes',
      'UMask=0077',
    ]) {
      expect(text.split('\n')).toContain(line)
    }
    expect(text).not.toMatch(/^MemoryDenyWriteExecute/m)
  })

  test.skipIf(globSync('node_modules/node-linux-*').length === 0)(
    'units start the Node that npm ci brought, by no link that an older npm leaves out',
    () => {
      for (const name of ['aeries.service', 'aeries-backup.service']) {
        const command = startOf(readFileSync(`deploy/${name}`, 'utf8'))
        expect(command).not.toContain('.bin')
        const told = execFileSync('/bin/sh', ['-c', command.replace(/\S+$/, '--version')], { encoding: 'utf8' })
        expect(Number.parseInt(told.slice(1), 10)).toBeGreaterThanOrEqual(24)
      }
    },
  )

  test('tokens come from files, and nothing shows where one could be written down', () => {
    const files = { compose: readFileSync('deploy/compose.yaml', 'utf8'), unit }
    for (const [where, text] of Object.entries(files)) {
      const open = [...text.matchAll(/\b([A-Z][A-Z_]+)[=:]/g)].flatMap(([, name = '']) =>
        isSecret(name) ? [name] : [],
      )
      expect(open, where).toEqual([])
      for (const name of ['DISCORD_TOKEN', 'SLACK_BOT_TOKEN', 'SLACK_APP_TOKEN']) expect(text).toContain(`${name}_FILE`)
    }
  })

  test('the unit gives the service time to end kindly', () => {
    const [, lastResortMs = ''] = /lastResortMs = ([\d_]+)/.exec(readFileSync('src/main.ts', 'utf8')) ?? []
    const [, stopS = ''] = /^TimeoutStopSec=(\d+)$/m.exec(unit) ?? []
    expect(Number(stopS) * 1_000).toBeGreaterThan(Number(lastResortMs.replaceAll('_', '')))
  })

  test.skipIf(!hasSystemd())('systemd takes the units', () => {
    const units = readdirSync('deploy').filter(name => /\.(?:service|timer)$/.test(name))
    const told = verify(units.map(name => join('deploy', name)))
    expect(told.filter(line => line !== '')).toEqual([])
  })

  test('dashboard and alerts ask for nothing that /metrics does not have', async () => {
    const names = await metricNames()
    expect(names.filter(name => name.startsWith('aeries_')).length).toBeGreaterThan(15)
    for (const [where, expressions] of Object.entries({
      dashboard: dashboardExpressions(),
      alerts: alertExpressions(),
    })) {
      expect(expressions.length, where).toBeGreaterThan(9)
      const asked = expressions.flatMap(text => text.match(/\b(?:aeries|nodejs|process)_\w+/g) ?? [])
      expect(asked.filter(name => !names.includes(name) && !names.includes(name.replace(/_bucket$/, '')))).toEqual([])
    }
    const shown = new Set(dashboardExpressions().flatMap(text => text.match(/\baeries_\w+/g) ?? []))
    const unseen = names.filter(name => name.startsWith('aeries_') && !shown.has(name) && !shown.has(`${name}_bucket`))
    // The gauge of what lasts stands for the counter.
    expect(unseen).toEqual(['aeries_alarms_total'])
  })

  test('every alert says what to do, and for whom it is', () => {
    for (const rule of alerts()) {
      expect(rule.annotations, rule.alert).toEqual({ summary: expect.any(String), cure: expect.any(String) })
      expect(['page', 'warn']).toContain(rule.labels.severity)
    }
  })
})

const alertsSchema = z.object({
  groups: z.array(
    z.object({
      rules: z.array(
        z.object({
          alert: z.string(),
          expr: z.string(),
          labels: z.object({ severity: z.string() }),
          annotations: z.record(z.string(), z.string()),
        }),
      ),
    }),
  ),
})
const dashboardSchema = z.object({
  panels: z.array(z.object({ title: z.string(), targets: z.array(z.object({ expr: z.string() })) })),
})

function alerts() {
  return alertsSchema.parse(parse(readFileSync('deploy/alerts.yml', 'utf8'))).groups.flatMap(({ rules }) => rules)
}

function alertExpressions(): readonly string[] {
  return alerts().map(({ expr }) => expr)
}

function dashboardExpressions(): readonly string[] {
  const { panels } = dashboardSchema.parse(JSON.parse(readFileSync('deploy/grafana-dashboard.json', 'utf8')))
  return panels.flatMap(({ targets }) => targets.map(({ expr }) => expr))
}

/** Of a service that waits for a Discord that is not there. */
async function metricNames(): Promise<readonly string[]> {
  const folder = mkdtempSync(join(tmpdir(), 'aeries-'))
  const nobody = { DISCORD_TOKEN: 'a-token', DISCORD_API_URL: 'http://127.0.0.1:1/api', VLLM_URL: 'http://127.0.0.1:1' }
  await using service = new Service({ ...nobody, DATABASE_PATH: join(folder, 'aeries.db'), OPS_PORT: '0' })
  await service.says('health and metrics can be seen')
  const [, url] = /"url":"([^"]+)","msg":"health and metrics/.exec(service.said) ?? []
  const page = await (await fetch(`${url}/metrics`)).text()
  service.kill('SIGKILL')
  await service.exit()
  rmSync(folder, { recursive: true })
  return [...page.matchAll(/^# HELP (\S+)/gm)].map(([, name = '']) => name)
}

/** What a Dockerfile takes from the project's folder. */
function copiedIn(text: string): readonly string[] {
  const lines = text.matchAll(/^COPY (?!--from)(.+) \S+$/gm)
  return [...new Set([...lines].flatMap(([, paths = '']) => paths.split(' ')))]
}

/** The command that a unit gives to its shell, in the project's folder. */
function startOf(unitText: string): string {
  return /^ExecStart=\/bin\/sh -c '(.+)'$/m.exec(unitText)?.[1] ?? ''
}

/** All files that these import, and all packages that any of them does. */
function closureOf(roots: readonly string[]): Readonly<{ files: readonly string[]; imported: readonly string[] }> {
  const files = new Set(roots)
  const imported = new Set<string>()
  for (const file of files) {
    const imports = readFileSync(file, 'utf8').matchAll(
      /^(?:import|export) [^'"]*?from '([^']+)'|import\('([^']+)'\)/gm,
    )
    for (const [, told, loaded] of imports) {
      const name = told ?? loaded ?? ''
      if (name.startsWith('#')) files.add(name.slice(1))
      else if (name.startsWith('.')) files.add(normalize(join(dirname(file), name)))
      else if (!name.startsWith('node:') && !builtinModules.includes(name)) imported.add(packageOf(name))
    }
  }
  return { files: [...files], imported: [...imported] }
}

function packageOf(name: string): string {
  return name
    .split('/')
    .slice(0, name.startsWith('@') ? 2 : 1)
    .join('/')
}

function hasSystemd(): boolean {
  return ['/usr/bin', '/bin'].some(folder => existsSync(join(folder, 'systemd-analyze')))
}

function verify(units: readonly string[]): readonly string[] {
  try {
    return execFileSync('systemd-analyze', ['verify', ...units], { encoding: 'utf8', stdio: 'pipe' }).split('\n')
  } catch (error) {
    return String((error as Readonly<{ stderr?: unknown }>).stderr).split('\n')
  }
}
