import PQueue from 'p-queue'
import type { ReactionEvent, ReactionsClearedEvent } from '#src/core/event.ts'
import type { Feedback, Verdict } from '#src/core/feedback.ts'
import type { EventKey, MessageId, TurnId } from '#src/core/ids.ts'
import { isIgnored } from '#src/core/ignored.ts'
import type { Person } from '#src/core/person.ts'
import type { Place } from '#src/core/place.ts'
import type { Store } from '#src/core/store.ts'
import { workspaceOf } from '#src/core/workspace.ts'
import type { ControlName } from '#src/engine/controls/control-name.ts'
import { meaningOf, type ReactionTable } from './meaning-of.ts'
import { plainEmoji } from './plain-emoji.ts'

/** Who works a control, on which answer; `removed`: the reaction is taken back. */
export type ControlAct = Readonly<{
  turn: TurnId
  place: Place
  person: Person
  change: 'added' | 'removed'
  told: Readonly<{ key: EventKey; message: MessageId; at: Date }>
}>

export type ReactionParts = Readonly<{
  store: Pick<Store, 'turns' | 'preferences'>
  table: ReactionTable
  /** Without it nobody is learnt from. */
  feedback: Feedback | undefined
  /** Does it, or does not: whose answer it is, and what may be done with it, is its business. */
  act(control: ControlName, by: ControlAct): Promise<void>
}>

export type HearReaction = (event: ReactionEvent | ReactionsClearedEvent) => Promise<void>

/**
 * What becomes of a reaction on one of Aeries' answers, whichever process wrote that: a control is worked, an opinion is learnt
 * from. It never causes a message. Opinions are heard one at a time, in the order of their arrival. Who wants to be left alone is,
 * but for what they take back.
 */
export function createHearReaction({ store, table, feedback, act }: ReactionParts): HearReaction {
  const opinions = new PQueue({ concurrency: 1 })

  async function hearOpinion(event: ReactionEvent, verdict: Verdict | undefined): Promise<void> {
    const { key, person, message, at } = event
    if (verdict !== undefined && (await isIgnored(store.preferences, person.id))) return
    const sign = plainEmoji(event.emoji)
    await feedback?.hear({ key, person, on: { message }, sign, verdict, at })
  }

  async function workControl(event: ReactionEvent, control: ControlName): Promise<void> {
    const { key, place, person, message, change, at } = event
    const turn = await store.turns.showing(message)
    if (turn === undefined || (await isIgnored(store.preferences, person.id))) return
    await act(control, { turn, place, person, change, told: { key, message, at } })
  }

  return async event => {
    if (event.type === 'reactions cleared') {
      // A moderator who tidies up takes no answer back: whose 🔁 it was the platform does not say, and the asker did not do it.
      const sign = event.emoji === undefined ? undefined : plainEmoji(event.emoji)
      await opinions.add(() => feedback?.clear(event.message, sign, event.at))
      return
    }
    const meaning = meaningOf(event.emoji, table, workspaceOf(event.place))
    if (meaning?.type === 'control') await workControl(event, meaning.control)
    // What an emoji meant when it was given may be set otherwise by now: it is taken back all the same.
    else if (event.change === 'removed') await opinions.add(() => hearOpinion(event, undefined))
    else if (meaning !== undefined) await opinions.add(() => hearOpinion(event, meaning.verdict))
  }
}
