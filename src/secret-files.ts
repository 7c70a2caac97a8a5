import { readFileSync } from 'node:fs'
import { ConfigError } from '#src/core/errors.ts'
import type { Given } from './setting-forms.ts'

export function isSecret(name: string): boolean {
  return /_(?:TOKEN|SECRET|KEY)$/.test(name)
}

/**
 * Secrets may stand in files, as secret stores and containers lay them down: `DISCORD_TOKEN_FILE` names the file that holds
 * `DISCORD_TOKEN`. Returns what such files hold, and what is wrong with them.
 */
export function readSecretFiles(
  environment: Given,
  names: readonly string[],
): Readonly<{ secrets: Given; faults: readonly string[] }> {
  const secrets: Record<string, string> = {}
  const faults: string[] = []
  for (const name of names.filter(isSecret)) {
    const path = environment[`${name}_FILE`]?.trim()
    if (!path) continue
    if (environment[name]?.trim()) {
      faults.push(`${name}_FILE: ${name} is set, too: set one of them.`)
      continue
    }
    try {
      secrets[name] = readFileSync(path, 'utf8')
      if (secrets[name].trim() === '') faults.push(`${name}_FILE: "${path}" is empty: put the secret into it.`)
    } catch (error) {
      const why = error instanceof Error && 'code' in error ? ` (${error.code})` : ''
      faults.push(`${name}_FILE: "${path}" cannot be read${why}: name a file that this account may read.`)
    }
  }
  return { secrets, faults }
}

/** One secret, for commands that need no other setting. What is wrong with its file is a `ConfigError`. */
export function readSecret(environment: Given, name: string): string | undefined {
  const { secrets, faults } = readSecretFiles(environment, [name])
  if (faults.length > 0) throw new ConfigError(faults.join('\n'))
  return (secrets[name] ?? environment[name])?.trim() || undefined
}
