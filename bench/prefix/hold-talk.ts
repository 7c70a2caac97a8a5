import { createTalkHouse } from '#bench/frame/talk-house.ts'
import type { Clock } from '#src/core/clock.ts'
import type { HistoryMessage } from '#src/core/history.ts'
import { eventKey, messageId } from '#src/core/ids.ts'
import type { ChatModel } from '#src/core/model.ts'
import type { Persona } from '#src/core/persona.ts'
import { conversationOf, type Place } from '#src/core/place.ts'
import type { Asked } from '#src/core/turn.ts'
import { composePrompt } from '#src/engine/compose-prompt.ts'
import { maxWindow } from '#src/engine/history-window.ts'
import type { LearningParts } from '#src/engine/learning-parts.ts'
import { createConsent } from '#src/observer/consent.ts'
import { openStore } from '#src/sqlite/sqlite-store.ts'
import { systemClock } from '#src/system-clock.ts'
import type { Dialogue } from './dialogue.ts'

export type Talk = Readonly<{ dialogue: Dialogue; persona: Persona; place: Place; people: readonly string[] }>

const maxTokens = 160
/** Between two questions. */
const minuteMs = 60_000

export const dm: Place = { platform: 'bench', workspace: undefined, channel: 'dm', thread: undefined, audience: 'dm' }
export const channel: Place = { ...dm, workspace: 'harbour', channel: 'general', audience: 'public', name: 'general' }

/** The dialogue as the engine holds it, a question a minute; in a shared place the people take turns. */
export async function holdTalk(
  model: ChatModel,
  { dialogue, persona, place, people }: Talk,
): Promise<readonly HistoryMessage[]> {
  using store = openStore({ path: ':memory:' })
  let turn = 0
  const clock: Clock = { ...systemClock, now: () => new Date(Date.now() + turn * minuteMs) }
  const learning: LearningParts = {
    briefs: { brief: () => dialogue.brief(turn) },
    briefTokens: 600,
    consent: createConsent({ preferences: store.preferences, mode: 'on' }),
    rightOfWay: { claim: () => ({ [Symbol.dispose]() {} }) },
  }
  await using house = createTalkHouse({ store, model, clock, persona, maxTokens, learning })
  for (const question of dialogue.questions) {
    await house.ask(people[turn % people.length] ?? '', place, question)
    turn++
  }
  return await store.history.last(conversationOf(place), 2 * turn)
}

/** The same words with the same brief, but for a window that slides with every message. */
export async function holdSlidingTalk(
  model: ChatModel,
  { dialogue, persona, place }: Talk,
  transcript: readonly HistoryMessage[],
): Promise<void> {
  for (let turn = 0; 2 * turn < transcript.length; turn++) {
    const asked = transcript[2 * turn]
    if (asked === undefined) break
    const { messages } = composePrompt({
      persona,
      place,
      history: transcript.slice(Math.max(0, 2 * turn - maxWindow + 1), 2 * turn),
      asked: [askedOf(asked, place)],
      quotes: [],
      unread: [],
      brief: dialogue.brief(turn),
      now: asked.at,
      timeZone: 'UTC',
      budget: model.contextLength(),
    })
    const request = { conversation: conversationOf(place), person: asked.person.id, tag: `sliding-${turn}` }
    // Of the answer nothing is wanted but what its prompt cost.
    const answer = model.stream({ ...request, messages, maxTokens: 1 }, new AbortController().signal)
    for await (const _ of answer);
  }
}

function askedOf({ person, at, text, messages: [id] }: HistoryMessage, place: Place): Asked {
  const message = id ?? messageId('bench', undefined, place.channel, String(at.getTime()))
  const key = eventKey('bench', 'message', message)
  return { key, place, person, at, message: { id: message, text, addressed: true, quotes: [], unread: [] } }
}
