import { type PrivateAnswer, type PrivateNote, toldInWords } from '#src/core/event.ts'
import { buttonsBlock } from './buttons.ts'
import { type Block, contentOf, fallbackOf, room } from './content.ts'
import { faultOf } from './faults.ts'
import { uploadFile } from './upload-file.ts'
import { openedSchema } from './wire.ts'
import type { Workspace } from './workspace.ts'

export type Whom = Readonly<{ channel: string; thread: string | undefined; user: string }>

/** Shows words to one person alone, where they worked a control. A file is for nobody alone in a channel: it comes into their DM. */
export function answerPrivately(workspace: Workspace, { channel, thread, user }: Whom): PrivateAnswer {
  return async (words, signal) => {
    const note = toldInWords(words)
    const where = { channel, user, ...(thread !== undefined && { thread_ts: thread }) }
    const args = { ...where, ...privateMessage(note), link_names: false, parse: 'none' }
    try {
      await workspace.api.call('chat.postEphemeral', args, signal)
      if (note.file) await sendFile(workspace, user, note.file, signal)
    } catch (error) {
      signal.throwIfAborted()
      workspace.log.debug({ fault: faultOf(error) }, 'a private answer was not shown')
    }
  }
}

/** Words for one person as Slack takes them: the blocks are what is read, the text is the notification. */
export function privateMessage(note: PrivateNote): Readonly<{ text: string; blocks: readonly Block[] }> {
  return { text: fallbackOf(note.text), blocks: privateBlocks(note) }
}

function privateBlocks({ text, buttons = [] }: PrivateNote): readonly Block[] {
  const words = { type: 'markdown', text: contentOf(text.slice(0, room).toWellFormed(), undefined) }
  return [words, ...(buttons.length === 0 ? [] : [buttonsBlock(buttons)])]
}

/** Puts a file into somebody's DM with Aeries. */
export async function sendFile(
  workspace: Workspace,
  user: string,
  file: NonNullable<PrivateNote['file']>,
  signal: AbortSignal,
): Promise<void> {
  const dm = openedSchema.parse(await workspace.api.call('conversations.open', { users: user }, signal)).channel.id
  await uploadFile(workspace, file, { channel: dm, thread: undefined }, signal)
}
