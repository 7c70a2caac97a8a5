import type { Database } from 'better-sqlite3'
import { ConfigError } from '#src/core/errors.ts'
import type { Installation, InstallationStore } from '#src/core/installations.ts'
import { keyBytes, seal, unseal } from './seal.ts'

type Row = Readonly<{
  platform: string
  workspace: string
  sealed_token: Buffer
  account: string
  bot_id: string | null
  enterprise: string | null
  scopes: string
  installed_at: number
}>

/** Tokens at rest are encrypted with `key`. One that does not open what is stored is a `ConfigError` that says what to do. */
export function createInstallations(db: Database, key: Uint8Array): InstallationStore {
  if (key.length !== keyBytes) throw new ConfigError(`SECRETS_KEY must be ${keyBytes} bytes long, not ${key.length}.`)
  const put = db.prepare<Row>(
    `INSERT OR REPLACE INTO installation
      (platform, workspace, sealed_token, account, bot_id, enterprise, scopes, installed_at)
    VALUES (:platform, :workspace, :sealed_token, :account, :bot_id, :enterprise, :scopes, :installed_at)`,
  )
  const find = db.prepare<{ platform: string; workspace: string }, Row>(
    'SELECT * FROM installation WHERE platform = :platform AND workspace = :workspace',
  )
  const all = db.prepare<{ platform: string }, Row>('SELECT * FROM installation WHERE platform = :platform')
  const remove = db.prepare<{ platform: string; workspace: string }>(
    'DELETE FROM installation WHERE platform = :platform AND workspace = :workspace',
  )
  const opened = (row: Row) => installationOf(row, key)
  for (const row of db.prepare<[], Row>('SELECT * FROM installation').all()) opened(row)
  return {
    save: installation => void put.run(rowOf(installation, key)),
    find: (platform, workspace) => {
      const row = find.get({ platform, workspace })
      return row && opened(row)
    },
    all: platform => all.all({ platform }).map(opened),
    remove: (platform, workspace) => void remove.run({ platform, workspace }),
  }
}

function rowOf(installation: Installation, key: Uint8Array): Row {
  const { platform, workspace, token, account, botId, enterprise, scopes, at } = installation
  return {
    platform,
    workspace,
    sealed_token: seal(token, aboutOf(installation), key),
    account,
    bot_id: botId ?? null,
    enterprise: enterprise ?? null,
    scopes: scopes.join(' '),
    installed_at: at.getTime(),
  }
}

function installationOf(row: Row, key: Uint8Array): Installation {
  const { platform, workspace, account } = row
  return {
    platform,
    workspace,
    token: tokenOf(row, key),
    account,
    botId: row.bot_id ?? undefined,
    enterprise: row.enterprise ?? undefined,
    scopes: row.scopes === '' ? [] : row.scopes.split(' '),
    at: new Date(row.installed_at),
  }
}

function tokenOf(row: Row, key: Uint8Array): string {
  try {
    return unseal(row.sealed_token, aboutOf(row), key)
  } catch (cause) {
    throw new ConfigError(
      `SECRETS_KEY does not open the token of ${row.platform} workspace ${row.workspace}: set the key that it was stored with, or delete the rows of the table installation and let the workspaces install the app again.`,
      { cause },
    )
  }
}

function aboutOf({ platform, workspace }: Pick<Row, 'platform' | 'workspace'>): string {
  return `${platform}:${workspace}`
}
