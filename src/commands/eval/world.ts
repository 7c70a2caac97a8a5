import type { Brief } from '#src/core/brief.ts'
import type { Claim } from '#src/core/claim.ts'
import type { Clock } from '#src/core/clock.ts'
import { DefectError } from '#src/core/errors.ts'
import { eventKey, messageId, personId } from '#src/core/ids.ts'
import type { Log } from '#src/core/log.ts'
import { conversationOf, type Place } from '#src/core/place.ts'
import type { StructuredModel } from '#src/core/structured-model.ts'
import type { Asked } from '#src/core/turn.ts'
import { estimateTokens } from '#src/engine/estimate-tokens.ts'
import { createBriefWriter } from '#src/observer/brief-writer.ts'
import { extractClaims } from '#src/observer/claims/extract-claims.ts'
import { lessonOf } from '#src/observer/lesson-of.ts'
import { openStore } from '#src/sqlite/sqlite-store.ts'
import type { Step } from './script.ts'

type Says = Extract<Step, { type: 'says' }>
type Expects = Extract<Step, { type: 'brief' }>

/** People who never met Aeries before, in a store of their own. */
export interface World extends Disposable {
  /** A whole exchange, read by the observer. Returns what was believed, and why it was not more. */
  says(step: Says, signal: AbortSignal): Promise<Readonly<{ claims: readonly Claim[]; why: string }>>
  /** The brief for what somebody asks there. */
  brief(step: Expects): Promise<Brief>
}

export type WorldParts = Readonly<{
  /** For what no line scripts; without one, patterns alone. */
  model: StructuredModel | undefined
  timeoutMs: number
  clock: Clock
  log: Log
}>

const minuteMs = 60_000

export function createWorld(parts: WorldParts): World {
  const { model, timeoutMs, clock, log } = parts
  let now = new Date('2026-03-02T09:00:00Z')
  let count = 0
  const store = openStore({ path: ':memory:', now: () => now })
  const writer = createBriefWriter({ learning: store.learning, count: estimateTokens, log })
  const go = (at: string | undefined) => {
    now = at === undefined ? new Date(now.getTime() + minuteMs) : new Date(at)
    return now
  }
  return {
    async says(step, signal) {
      const asked = askedOf(step, go(step.at), ++count)
      await talk(store, asked, step.reply, count)
      const job = await store.learning.nextJob(now, 3)
      if (job === undefined) throw new DefectError('The exchange left no job for the observer.')
      const scripted = step.observer === undefined ? model : scriptedModel(step.observer)
      const found = await extractClaims({ model: scripted, clock, timeoutMs }, job, signal)
      const claims = found.outcome === 'nothing' ? [] : found.claims
      const [exchange] = job.exchanges
      if (exchange === undefined) throw new DefectError('The job has no exchange.')
      const observation = found.outcome === 'failed' ? undefined : found.observation
      await store.learning.learn(lessonOf(job, [{ exchange, claims, observation }]), job.ids)
      return { claims, why: found.outcome === 'learnt' ? 'learnt' : found.reason }
    },
    async brief(step) {
      const place = placeOf(step)
      const person = personOf(step).id
      return await writer.brief({ person, place, words: step.asks, at: go(step.at), isFresh: true })
    },
    [Symbol.dispose]: () => store[Symbol.dispose](),
  }
}

async function talk(store: ReturnType<typeof openStore>, asked: Asked, reply: string, count: number): Promise<void> {
  const { place, person } = asked
  const conversation = conversationOf(place)
  await store.turns.receive(asked)
  const id = await store.turns.begin(conversation, person.id, [asked.key], asked.at)
  const shown = messageId(place.platform, place.workspace, place.channel, `reply-${count}`)
  const turn = { id, conversation, place, asker: person, asked: [asked] }
  await store.turns.finish(turn, { outcome: 'done', text: reply, messages: [shown] }, asked.at, true)
}

function askedOf(step: Says, at: Date, count: number): Asked {
  const place = placeOf(step)
  const id = messageId(place.platform, place.workspace, place.channel, String(count))
  const message = { id, text: step.says, addressed: true, quotes: [], unread: [] }
  return { key: eventKey(place.platform, 'asked', String(count)), place, at, person: personOf(step), message }
}

function personOf({ who, workspace }: Says | Expects) {
  return { id: personId(platform, workspace, who), name: who, external: false }
}

function placeOf({ who, where, workspace }: Says | Expects): Place {
  const base = { platform, workspace, thread: undefined }
  if (where === 'dm') return { ...base, channel: `dm-${who}`, audience: 'dm' }
  const [kind = '', name = ''] = where.split(':')
  if (kind === 'private' || kind === 'external') return { ...base, channel: name, audience: kind, name }
  return { ...base, channel: where.slice(1), audience: 'public', name: where.slice(1) }
}

const platform = 'eval'

/** Says of an exchange what the script says of it. */
function scriptedModel(claims: NonNullable<Says['observer']>): StructuredModel {
  const numbered = [1, 2, 3].flatMap(number => {
    const claim = claims[number - 1] ?? {
      quote: '',
      about: 'none',
      kind: 'none',
      slot: 'none',
      value: '',
      lasts: 'permanent',
    }
    return Object.entries(claim).map(([name, value]) => [`c${number}_${name}`, value] as const)
  })
  const answer = JSON.stringify({ ...plainExchange, ...Object.fromEntries(numbered) })
  return { complete: async () => answer }
}

const plainExchange = {
  user_tone: 'neutral',
  request_type: 'chat',
  topic: 'other',
  last_reply: 'none',
  want_length: 'none',
  want_format: 'none',
  sensitive: 'none',
  instructions_to_bot_memory: false,
  more_claims: false,
}
