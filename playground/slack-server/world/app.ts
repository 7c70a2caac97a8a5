import { randomBytes } from 'node:crypto'

/** The one application that this Slack knows, as its settings pages would show it. */
export type App = Readonly<{
  id: string
  name: string
  appToken: string
  signingSecret: string
  /** Old, and still in every payload. */
  verificationToken: string
  clientId: string
  clientSecret: string
  /** Scopes that an installation gets when the install link names none. */
  scopes: readonly string[]
  /** Events that it subscribed to (`message.im`, `app_mention`, ...); undefined: all. */
  subscriptions: readonly string[] | undefined
}>

// What a companion that talks, reacts and reads files asks for; a test of scopes takes some away.
const usualScopes = [
  'app_mentions:read',
  'assistant:write',
  'channels:history',
  'channels:read',
  'chat:write',
  'commands',
  'files:read',
  'files:write',
  'groups:history',
  'groups:read',
  'im:history',
  'im:read',
  'im:write',
  'mpim:history',
  'mpim:read',
  'reactions:read',
  'reactions:write',
  'team:read',
  'users:read',
] as const

/** An app with secrets of its own, as somebody has just made it. */
export function makeApp(settings: Partial<App> = {}): App {
  const secret = (bytes: number) => randomBytes(bytes).toString('hex')
  return {
    id: 'A0PLAYGRND',
    name: 'Aeries',
    appToken: `xapp-1-A0PLAYGRND-${secret(16)}`,
    signingSecret: secret(16),
    verificationToken: secret(12),
    clientId: '1000.2000',
    clientSecret: secret(16),
    scopes: usualScopes,
    subscriptions: undefined,
    ...settings,
  }
}
