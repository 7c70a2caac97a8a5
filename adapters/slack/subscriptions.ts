import { methodScopes } from './methods.ts'

/** Every event that the adapter listens to, as the app's settings name it, with the scopes that it takes. */
export const subscriptions = {
  agent_session_stopped: ['chat:write'],
  app_home_opened: [],
  app_mention: ['app_mentions:read'],
  app_uninstalled: [],
  channel_deleted: ['channels:read'],
  channel_left: ['channels:read'],
  group_deleted: ['groups:read'],
  group_left: ['groups:read'],
  'message.channels': ['channels:history'],
  'message.groups': ['groups:history'],
  'message.im': ['im:history'],
  'message.mpim': ['mpim:history'],
  reaction_added: ['reactions:read'],
  reaction_removed: ['reactions:read'],
  tokens_revoked: [],
} as const satisfies Readonly<Record<string, readonly string[]>>

/** The same as they come: messages of every kind of channel are one event. */
export const eventTypes: readonly string[] = [
  ...new Set(Object.keys(subscriptions).map(name => name.replace(/^message\..*$/, 'message'))),
]

/** What commands and shortcuts take, and files that people upload. */
export const featureScopes = ['commands', 'files:read'] as const

/** All that the app asks a workspace for, in order. */
export const botScopes: readonly string[] = [
  ...new Set([...Object.values(subscriptions).flat(), ...Object.values(methodScopes).flat(), ...featureScopes]),
].sort()
