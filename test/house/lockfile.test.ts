import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'

type Packages = Readonly<Record<string, Readonly<{ optionalDependencies?: Readonly<Record<string, string>> }>>>

// `npm install` drops the builds for other platforms when it cannot find them, and `npm ci` then refuses the lockfile.
test('the lockfile holds the builds of every package for every platform, so that npm ci takes it', () => {
  const { packages } = JSON.parse(readFileSync('package-lock.json', 'utf8')) as { packages: Packages }
  const missing = Object.entries(packages).flatMap(([path, { optionalDependencies = {} }]) =>
    Object.keys(optionalDependencies).filter(
      name => !(`node_modules/${name}` in packages) && !(`${path}/node_modules/${name}` in packages),
    ),
  )
  expect(missing).toEqual([])
})
