/** A prompt carries at most so many messages of the conversation, the asked ones counted. */
export const maxWindow = 20
/** What a window that overflowed restarts with, so that the prompt's prefix stays the same for the next ten messages. */
const restartWith = 10

/**
 * How many of the oldest messages leave the window as so many new ones enter. A window that slides with every message
 * would change the whole prompt each time and leave a prefix cache next to nothing (16 % of the tokens against 84 %).
 */
export function leavingWindow(known: number, entering: number): number {
  if (known + entering <= maxWindow) return 0
  return Math.min(known, known + entering - restartWith)
}
