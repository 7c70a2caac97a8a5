import type { Verdict } from '#src/core/feedback.ts'
import type { WorkspaceId } from '#src/core/workspace.ts'
import type { ControlName } from '#src/engine/controls/control-name.ts'
import { plainEmoji } from './plain-emoji.ts'

/** A control of an answer, or a word on it. */
export type Meaning =
  | Readonly<{ type: 'control'; control: ControlName }>
  | Readonly<{ type: 'feedback'; verdict: Verdict }>

/** What each emoji means: by its plain form, or by `WORKSPACE EMOJI` where it means so in one workspace only. */
export type ReactionTable = ReadonlyMap<string, Meaning | undefined>

/**
 * What a reaction says, its emoji as the platform writes it; `undefined`: nothing, as all that is unknown, and all that people
 * use for opposite things (😂 💀 👀 🤷).
 */
export function meaningOf(emoji: string, table: ReactionTable, workspace?: WorkspaceId): Meaning | undefined {
  const plain = plainEmoji(emoji)
  const own = `${workspace} ${plain}`
  return workspace !== undefined && table.has(own) ? table.get(own) : table.get(plain)
}
