import type { MessageEvent } from '#src/core/event.ts'
import type { Turns } from '#src/core/turns.ts'

/**
 * What of that still waits for an answer, as it reads now. Between hearing something and answering it lies some time, most of all for
 * what is read back after nobody listened: meanwhile people take it back or change it.
 */
export async function stillAsked<E extends MessageEvent>(
  turns: Pick<Turns, 'stillWaiting'>,
  said: readonly E[],
): Promise<E[]> {
  const words = await turns.stillWaiting(said.map(({ key }) => key))
  return said.flatMap(event => {
    const text = words.get(event.key)
    if (text === undefined) return []
    return [text === event.message.text ? event : { ...event, message: { ...event.message, text } }]
  })
}
