import type { Id } from './ids.ts'

/** `platform:workspace`. What never mixes: a Slack team, a Discord guild; a platform's DMs that belong to none. */
export type WorkspaceId = Id<'workspace'>

/** The workspace of a place; `-` stands for none. */
export function workspaceOf(place: Readonly<{ platform: string; workspace: string | undefined }>): WorkspaceId {
  return `${place.platform}:${place.workspace ?? '-'}` as WorkspaceId
}
