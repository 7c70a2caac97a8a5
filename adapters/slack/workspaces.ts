import type { Installation, InstallationStore } from '#src/core/installations.ts'
import { platform } from './platform-name.ts'
import { type Identity, Workspace, type WorkspaceParts } from './workspace.ts'

/** Where the tokens come from: one workspace's own, or whatever was installed. */
export interface Workspaces {
  /** The workspace, if its token is ours to use. */
  get(team: string): Promise<Workspace | undefined>
  /** The same, if it was asked for before. */
  known(team: string): Workspace | undefined
  /** All that were asked for before. */
  all(): Iterable<Workspace>
  /** The workspace took us out at that time. False: that is known, or it has taken us in again since. */
  forget(team: string, at: Date): Promise<boolean>
}

/** The one workspace of a plain token. It never speaks for another. */
export class SingleWorkspace implements Workspaces {
  readonly #workspace: Workspace
  #isIn = true

  constructor(identity: Identity, parts: WorkspaceParts) {
    this.#workspace = new Workspace(identity, parts)
  }

  async get(team: string): Promise<Workspace | undefined> {
    return this.known(team)
  }

  known(team: string): Workspace | undefined {
    return team === this.#workspace.team ? this.#workspace : undefined
  }

  all(): Iterable<Workspace> {
    return [this.#workspace]
  }

  /** Its token is the operator's, who alone can set another. */
  async forget(): Promise<boolean> {
    const wasIn = this.#isIn
    this.#isIn = false
    return wasIn
  }
}

/** The workspaces that installed the app: read from the store once each, since every event asks. */
export class InstalledWorkspaces implements Workspaces {
  readonly #installations: InstallationStore
  readonly #parts: WorkspaceParts
  readonly #known = new Map<string, Workspace>()
  readonly #reading = new Map<string, Promise<Workspace | undefined>>()
  /** Teams whose token died: their next event asks the store again, since they may have installed the app again. */
  readonly #stale = new Set<string>()

  constructor(installations: InstallationStore, parts: WorkspaceParts) {
    this.#installations = installations
    this.#parts = parts
  }

  /** Reads them all, so that answers of before a restart find their workspace. */
  async load(): Promise<number> {
    const installations = await this.#installations.all(platform)
    for (const installation of installations) this.take(installation)
    return installations.length
  }

  async get(team: string): Promise<Workspace | undefined> {
    const known = this.#stale.has(team) ? undefined : this.#known.get(team)
    if (known !== undefined) return known
    const reading = this.#reading.get(team) ?? this.#read(team).finally(() => this.#reading.delete(team))
    this.#reading.set(team, reading)
    return await reading
  }

  known(team: string): Workspace | undefined {
    return this.#known.get(team)
  }

  all(): Iterable<Workspace> {
    return this.#known.values()
  }

  /** A new installation, or the same with a new token. */
  take({ workspace: team, enterprise, account: self, botId, token }: Installation): Workspace {
    this.#stale.delete(team)
    const known = this.#known.get(team)
    if (known?.self === self) {
      known.renew(token)
      return known
    }
    const made = new Workspace({ team, enterprise, self, botId, token }, this.#parts)
    this.#known.set(team, made)
    return made
  }

  tokenRefused(team: string): void {
    this.#stale.add(team)
  }

  async forget(team: string, at: Date): Promise<boolean> {
    const known = this.#known.get(team)
    if (known === undefined) return false
    this.#known.delete(team)
    const installation = await this.#installations.find(platform, team)
    // Slack tells it again after minutes, when nobody answered; by then the app may be back.
    if (installation !== undefined && installation.at.getTime() > at.getTime()) {
      this.take(installation)
      return false
    }
    this.#stale.delete(team)
    await this.#installations.remove(platform, team)
    return true
  }

  async #read(team: string): Promise<Workspace | undefined> {
    const installation = await this.#installations.find(platform, team)
    return installation && this.take(installation)
  }
}
