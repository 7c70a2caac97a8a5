import { type MessageId, nativeMessageId } from '#src/core/ids.ts'

/** Where people read a message. */
export function linkTo(message: MessageId): string {
  const [, workspace = '-', rest = ''] = message.split(':')
  const channel = rest.split('/')[0] ?? ''
  return `https://discord.com/channels/${workspace === '-' ? '@me' : workspace}/${channel}/${nativeMessageId(message)}`
}
