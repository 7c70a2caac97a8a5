import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { createApp } from '#adapters/web/create-app.ts'
import type { Door } from '#adapters/web/door.ts'
import { failures } from '#adapters/web/failure.ts'
import { KeptLog } from '#test/support/kept-log.ts'

type Operation = Readonly<{ responses: Readonly<Record<string, unknown>> }>

const api = JSON.parse(readFileSync('adapters/web/openapi.json', 'utf8')) as Readonly<{
  paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>
  components: Readonly<{ schemas: Readonly<Record<string, unknown>> }>
}>

it('tells every route, and no other', () => {
  const door = { house: {} } as unknown as Door
  const app = createApp({ door, signIn: 'local', page: undefined, log: new KeptLog() })
  const served = app.routes.filter(({ method, path }) => method !== 'ALL' && path.startsWith('/api/'))
  const routes = served.map(({ method, path }) => `${method} ${path.replace(/:(\w+)/g, '{$1}')}`)
  const told = Object.entries(api.paths).flatMap(([path, operations]) =>
    Object.keys(operations).map(method => `${method.toUpperCase()} ${path}`),
  )
  expect([...told].sort()).toEqual([...new Set(routes)].sort())
})

it('tells of every error by its code', () => {
  expect(JSON.stringify(api.components.schemas['Error'])).toContain('"code"')
  for (const code of Object.keys(failures))
    expect(JSON.stringify(api.components.schemas['Error'])).toContain(`"${code}"`)
})

it('points at nothing that is not there', () => {
  const refs = JSON.stringify(api).matchAll(/"#\/components\/schemas\/(\w+)"/g)
  for (const [, name = ''] of refs) expect(api.components.schemas, name).toHaveProperty(name)
})
