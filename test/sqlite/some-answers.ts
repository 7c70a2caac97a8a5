import Database from 'better-sqlite3'
import type { MessageId } from '#src/core/ids.ts'
import type { Store } from '#src/core/store.ts'
import { aMessageId, anAsked, exchanged } from '#test/support/an-asked.ts'
import { aPerson, channel } from '#test/support/an-event.ts'

export const [mira, jonas] = [aPerson('Mira'), aPerson('Jonas')]
export const long = 'Ships and harbours and quays. '.repeat(40)
const bulleted = '- one harbour\n- two harbours\n- three harbours'

/** Mira has three answers, Jonas has spoken, too. */
export async function withAnswers(store: Store): Promise<readonly [MessageId, MessageId, MessageId]> {
  const messages: MessageId[] = []
  for (const [at, text] of [long, bulleted, 'Yes.'].entries()) {
    const turn = await exchanged(store, anAsked({ at, place: channel }), text)
    messages.push(aMessageId(`reply-to-${turn.asked[0]?.key}`))
  }
  await exchanged(store, anAsked({ person: jonas, place: channel }), 'Hello')
  return messages as unknown as readonly [MessageId, MessageId, MessageId]
}

/** What each query finds in the file. */
export function tables(path: string, queries: Readonly<Record<string, string>>): Readonly<Record<string, unknown>> {
  const db = new Database(path, { readonly: true })
  try {
    return Object.fromEntries(Object.entries(queries).map(([name, sql]) => [name, db.prepare(sql).all()]))
  } finally {
    db.close()
  }
}
