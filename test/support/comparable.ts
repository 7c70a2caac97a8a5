import type { IncomingMessage } from '#src/core/message.ts'

/** A message as it was heard, its files without what reads them: that is another function each time. */
export function comparable<Said extends Readonly<{ message: IncomingMessage }>>(said: Said) {
  const { files, ...message } = said.message
  return { ...said, message: { ...message, files: files?.map(({ read: _, ...file }) => file) } }
}
