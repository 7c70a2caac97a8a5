import type { MessageEvent } from '#src/core/event.ts'
import { type MessageId, type TurnId, turnId } from '#src/core/ids.ts'
import { conversationOf, isShared } from '#src/core/place.ts'
import { withoutSurface } from './exchange.ts'
import type { LaneParts } from './lane-parts.ts'
import { stillAsked } from './still-asked.ts'
import { answerNowLabel, offerNotice } from './words.ts'
import { writeNotice } from './write-notice.ts'

const action = 'answer:'

/**
 * Closes what one asker said too long ago to be answered unasked; `open`: its turn, if it was begun. In a DM the answer is
 * offered, by a button; in a shared place nobody is bothered any more.
 */
export async function offerAnswer(
  parts: LaneParts,
  open: TurnId | undefined,
  heard: readonly MessageEvent[],
): Promise<void> {
  const { store, clock, abort } = parts
  const said = open ? heard : await stillAsked(store.turns, heard)
  const newest = said.at(-1)
  if (newest === undefined) return
  const { place, person, surface } = newest
  const conversation = conversationOf(place)
  const keys = said.map(({ key }) => key)
  const id = open ?? (await store.turns.begin(conversation, person.id, keys, clock.now()))
  const buttons = [{ action: `${action}${id}`, label: answerNowLabel }]
  // Whoever was to make the offer before may have died over it.
  const isOfAnother = async (message: MessageId) => ((await store.turns.showing(message)) ?? id) !== id
  const offer = { key: id, text: offerNotice, buttons, ...(open && { isOfAnother }) }
  const shown = isShared(place) ? [] : (await writeNotice(parts, surface, offer, abort)).shown
  const turn = { id, conversation, place, asker: person, asked: said.map(withoutSurface) }
  const reply = { outcome: 'failed', text: '', messages: shown.map(({ message }) => message) } as const
  await store.turns.finish(turn, reply, clock.now())
}

/** The turn whose answer a tap on such a button asks for; `undefined`: it is another button. */
export function offeredTurn(tapped: string): TurnId | undefined {
  return tapped.startsWith(action) ? turnId(tapped.slice(action.length)) : undefined
}
