import type { DeletedEvent, EditedEvent } from '#src/core/event.ts'
import type { MessageId } from '#src/core/ids.ts'
import { isIgnored } from '#src/core/ignored.ts'
import type { KnownTurn } from '#src/core/revisions.ts'
import { isSentLine, sentSomething } from '#src/core/sent-line.ts'
import type { OpenTurn } from '#src/core/turns.ts'
import { type ControlParts, type Controls, inPlaceMs } from './controls.ts'

/** What becomes of answers when people change or take away what was said. */
export class Changes {
  readonly #parts: ControlParts
  readonly #controls: Controls

  constructor(parts: ControlParts, controls: Controls) {
    this.#parts = parts
    this.#controls = controls
  }

  /** The newest question is answered anew, in place; an older one is what it says now, and its answer stays. */
  async edited({ message, person, place, text, at }: EditedEvent): Promise<void> {
    const { store, lanes } = this.#parts
    // Of who wants to be left alone no new words are kept, and none are answered.
    if (await isIgnored(store.preferences, person.id)) return
    const left = text.trim() === '' ? sentSomething : text
    const known = await store.revisions.about(message)
    if (known === undefined) {
      // Before it is asked, so that it is asked as it is now.
      lanes.reword(message, left)
      await store.revisions.correct(message, person.id, left, false)
      return
    }
    await this.#controls.oneByOne(known.turn.id, async () => {
      const asked = known.turn.asked.find(one => one.message.id === message)
      if (asked?.person.id !== person.id || asked.message.text === left) return
      // Of a message that was only a file there were no words to take away.
      if (left === sentSomething && isSentLine(asked.message.text)) return
      const isAsked = text.trim() !== '' && isStillAnswered(known, at.getTime() - asked.at.getTime())
      if (isAsked && (await this.#controls.mayAsk({ person, place }, text.length))) {
        await this.#askAnew(known, message, text)
      } else {
        await store.revisions.correct(message, person.id, left, await this.#mayLearn(known))
      }
    })
  }

  /** What a person said is purged with its answer; an answer of ours is withdrawn, whoever took it away. */
  async deleted({ messages, place }: DeletedEvent): Promise<void> {
    const { store, lanes, onRemovals } = this.#parts
    const said: MessageId[] = []
    for (const message of messages) {
      lanes.withdraw(message)
      const known = await store.revisions.about(message)
      const isReply = known && !known.turn.asked.some(asked => asked.message.id === message)
      if (!isReply || (await store.revisions.isSuperseded(message))) said.push(message)
      else await this.#controls.oneByOne(known.turn.id, () => this.#takenAway(known, message))
    }
    const turns = await Promise.all(said.map(message => store.revisions.about(message)))
    const ids = new Set(turns.flatMap(known => known?.turn.id ?? []))
    for (const id of ids) await lanes.letGo(id)
    const wereOpen = (await store.turns.open()).filter(({ turn }) => ids.has(turn.id))
    for (const open of await this.#purge(said, turns)) await this.#controls.takeUp(open.turn.id, open)
    const areOpen = new Set((await store.turns.open()).map(({ turn }) => turn.id))
    for (const one of wereOpen) if (!areOpen.has(one.turn.id)) this.#controls.tellClosed(one)
    // An answer that was let go of for the sake of a superseded one goes on.
    for (const known of turns) if (known?.reply === undefined && known) await this.#goOn(known)
    onRemovals(place.platform)
  }

  /** Purges what was said. A question that shared a fresh answer with it is open again: that answer is gone. */
  async #purge(said: readonly MessageId[], turns: readonly (KnownTurn | undefined)[]): Promise<readonly OpenTurn[]> {
    const { store, clock } = this.#parts
    const now = clock.now()
    const left: MessageId[] = []
    const anew: MessageId[] = []
    for (const [at, message] of said.entries()) {
      const asker = turns[at]?.turn.asker.id
      // Who wants to be left alone is answered no more.
      const isLeftAlone = asker !== undefined && (await isIgnored(store.preferences, asker))
      const which = isLeftAlone ? left : anew
      which.push(message)
    }
    const fresh = new Date(now.getTime() - inPlaceMs)
    return [...(await store.revisions.purge(anew, fresh)), ...(await store.revisions.purge(left, now))]
  }

  async #takenAway({ turn }: KnownTurn, message: MessageId): Promise<void> {
    await this.#controls.withdraw(turn.id)
    await this.#parts.store.revisions.removed(message)
  }

  async #goOn({ turn }: KnownTurn): Promise<void> {
    const { store, lanes } = this.#parts
    if (lanes.has(turn.id)) return
    if ((await store.revisions.known(turn.id))?.reply === undefined) await this.#controls.takeUp(turn.id, undefined)
  }

  async #askAnew({ turn }: KnownTurn, message: MessageId, text: string): Promise<void> {
    const { store, lanes } = this.#parts
    const { revisions } = store
    await lanes.letGo(turn.id)
    await revisions.correct(message, turn.asker.id, text, false)
    const open =
      (await revisions.beginAnew(turn.id)) ?? (await revisions.supersede(turn.id, { cause: 'edit', inPlace: true }))
    await this.#controls.takeUp(turn.id, open)
  }

  async #mayLearn({ turn }: KnownTurn): Promise<boolean> {
    return (await this.#parts.learning?.consent.mayLearn(turn.asker.id, turn.place)) ?? false
  }
}

/** A question that nothing came after, and that was asked not long ago. Words that were merely overheard have no answer. */
function isStillAnswered({ reply, isNewestOfAsker, isWithdrawn }: KnownTurn, ageMs: number): boolean {
  if (isWithdrawn) return false
  if (reply === undefined) return true
  return isNewestOfAsker && ageMs <= inPlaceMs && reply.messages.length > 0
}
