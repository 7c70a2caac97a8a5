import { randomBytes } from 'node:crypto'
import type { Installation } from '#src/core/installations.ts'
import { createBoltApp } from './bolt-app.ts'
import { createBoltInstallations } from './bolt-installations.ts'
import type { Door } from './door.ts'
import { HttpDoor, type Install } from './http-door.ts'
import type { SlackParts, Timing } from './slack-parts.ts'
import { SocketDoor } from './socket-door.ts'
import type { Workspace } from './workspace.ts'

export type DoorsParts = SlackParts &
  Readonly<{
    times: Timing
    workspace: (team: string) => Promise<Workspace | undefined>
    onBody: (body: unknown) => void
    onInstalled: (installation: Installation) => void
    /** Events since then may be lost, and others come again. */
    onGap: (since: Date) => void
  }>

export type Doors = Readonly<{ all: readonly Door[]; http: HttpDoor | undefined }>

/** The ways in that the settings ask for, with one Bolt app behind all of them. */
export function buildDoors(parts: DoorsParts): Doors {
  const { apiUrl, log, clock, delivery, port, times, onGap } = parts
  const app = createBoltApp(parts)
  const install = installOf(parts)
  if (delivery.type === 'http') {
    const http = new HttpDoor({ app, apiUrl, port, signingSecret: delivery.signingSecret, install, log, clock })
    return { all: [http], http }
  }
  const socket = new SocketDoor({ app, appToken: delivery.appToken, apiUrl, log, clock, times, onGap })
  if (install === undefined) return { all: [socket], http: undefined }
  // Beside a socket nothing is signed: a secret that nobody knows lets no event in.
  const signingSecret = randomBytes(32).toString('hex')
  const http = new HttpDoor({ app, apiUrl, port, signingSecret, install, log, clock })
  return { all: [http, socket], http }
}

function installOf({ access, clock, onInstalled }: DoorsParts): Install | undefined {
  if (access.type === 'token') return undefined
  const { clientId, clientSecret, stateSecret, installations } = access
  const store = createBoltInstallations({ installations, clock, onInstalled })
  return { clientId, clientSecret, stateSecret, store }
}
