import { type PrivateNote, toldInWords } from '#src/core/event.ts'
import { buttonsBlock } from './buttons.ts'
import { sectionsOf } from './mrkdwn.ts'
import type { Workspace } from './workspace.ts'

/** Slack takes 100 blocks. */
const mostBlocks = 100

/** Puts a person's home tab up: what one alone reads, part by part. `channel`: their DM, which a click on the tab does not tell. */
export async function publishHome(
  workspace: Workspace,
  { user, channel }: Readonly<{ user: string; channel: string }>,
  notes: readonly PrivateNote[],
  signal: AbortSignal,
): Promise<void> {
  const parts = notes.map(note => blocksOf(note))
  const blocks = parts.flatMap((part, at) => (at === 0 ? part : [{ type: 'divider' }, ...part])).slice(0, mostBlocks)
  const view = { type: 'home', private_metadata: channel, blocks }
  await workspace.api.call('views.publish', { user_id: user, view }, signal)
}

function blocksOf(words: PrivateNote): readonly object[] {
  const { text, buttons = [] } = toldInWords(words)
  return [...sectionsOf(text), ...(buttons.length === 0 ? [] : [buttonsBlock(buttons)])]
}
