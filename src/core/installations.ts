import type { Awaitable } from './awaitable.ts'

/** One workspace that took Aeries in by itself, with the token that speaks there. */
export type Installation = Readonly<{
  platform: string
  workspace: string
  /** A secret: it is encrypted where it rests, and never logged. */
  token: string
  /** Aeries' own account there, and what else the platform calls it. */
  account: string
  botId: string | undefined
  /** The organisation that the workspace belongs to, if it does. */
  enterprise: string | undefined
  scopes: readonly string[]
  at: Date
}>

/** The workspaces that took Aeries in. A new installation in a workspace takes the old one's place. */
export interface InstallationStore {
  save(installation: Installation): Awaitable<void>
  find(platform: string, workspace: string): Awaitable<Installation | undefined>
  all(platform: string): Awaitable<readonly Installation[]>
  remove(platform: string, workspace: string): Awaitable<void>
}
