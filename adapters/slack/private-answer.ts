import type { PrivateAnswer } from '#src/core/event.ts'
import { escaped } from './content.ts'
import { faultOf } from './faults.ts'
import type { Workspace } from './workspace.ts'

/** Shows a text to one person alone, where they worked a control. */
export function answerPrivately(
  workspace: Workspace,
  { channel, thread, user }: Readonly<{ channel: string; thread: string | undefined; user: string }>,
): PrivateAnswer {
  return async (text, signal) => {
    const args = {
      channel,
      user,
      text: escaped(text),
      link_names: false,
      parse: 'none',
      ...(thread !== undefined && { thread_ts: thread }),
    }
    try {
      await workspace.api.call('chat.postEphemeral', args, signal)
    } catch (error) {
      signal.throwIfAborted()
      workspace.log.debug({ fault: faultOf(error) }, 'a private answer was not shown')
    }
  }
}
