import { type Brief, type BriefQuestion, type Briefs, emptyBrief } from '#src/core/brief.ts'
import type { Learning, Match } from '#src/core/learning.ts'
import { type Sight, scopesTellableIn } from '#src/core/learning-scope.ts'
import type { Log } from '#src/core/log.ts'
import { conversationOf } from '#src/core/place.ts'
import { type Telemetry, untold } from '#src/core/telemetry.ts'
import type { Trait } from '#src/core/trait.ts'
import { workspaceOf } from '#src/core/workspace.ts'
import type { Lender } from './cohorts/create-lender.ts'
import { type CountTokens, type Rendered, renderStanding, renderTail, tailRoom } from './render-brief.ts'
import { stems } from './stems.ts'

const defaultBudget = 500
const maxBudget = 600
/** After that much silence the standing part is made anew, in ms: the server has forgotten the prefix anyway. */
const gapMs = 30 * 60_000
/** A reply waits no longer than that for the tail, in ms. */
const patienceMs = 5
/** Who asks about a contradiction later than that, in ms, is a pedant. */
const lateMs = 7 * 24 * 3_600_000
/** Facts that are looked at for the tail. */
const maxMatches = 20
/** Conversations whose standing part is held; the longest unused goes first. */
const maxHeld = 5_000

export type BriefParts = Readonly<{
  learning: Pick<Learning, 'revision' | 'briefData' | 'recall' | 'sessionReadings'>
  count: CountTokens
  /** Without it nobody starts from the defaults of a cohort. */
  lender?: Lender | undefined
  log: Log
  telemetry?: Telemetry | undefined
  /** Tokens of the whole brief: 500 unless said, at most 600. */
  budget?: number
  /** Milliseconds from whenever, only growing. */
  ticks?: () => number
}>

export type BriefCounts = Readonly<{ written: number; failed: number; withoutTail: number }>

export type BriefWriter = Briefs & Readonly<{ counts(): BriefCounts }>

type Held = {
  readonly revision: string
  readonly standing: Rendered
  readonly timeZone: string | undefined
  /** What the standing part was made with, for the tail to ask about. */
  readonly conflicts: readonly Trait[]
  readonly asked: Set<string>
  lastAt: number
}

/**
 * Writes briefs. The standing part is made once a session and then held, byte for byte, until something was learnt that has to
 * show at once, or the prompt's prefix changes anyway. Whatever fails, the reply goes on without a brief.
 */
export function createBriefWriter(parts: BriefParts): BriefWriter {
  const { learning, count, lender, log, telemetry = untold, ticks = () => performance.now() } = parts
  const budget = Math.min(parts.budget ?? defaultBudget, maxBudget)
  const held = new Map<string, Held>()
  let [written, failed, withoutTail] = [0, 0, 0]

  async function standing(question: BriefQuestion, sight: Sight): Promise<Held> {
    const { person, place, at, isFresh, isLook } = question
    const key = `${person} ${conversationOf(place)} ${sight.scopes.join(' ')}`
    const revision = await learning.revision(sight)
    const known = held.get(key)
    const isKept = known?.revision === revision && !isFresh && at.getTime() - known.lastAt < gapMs
    const now = isKept ? known : await made(question, sight, revision)
    if (isLook) return now
    now.lastAt = at.getTime()
    held.delete(key)
    held.set(key, now)
    if (held.size > maxHeld) for (const oldest of held.keys()) return drop(oldest, now)
    return now
  }

  function drop(oldest: string, now: Held): Held {
    held.delete(oldest)
    return now
  }

  async function made({ at, words }: BriefQuestion, sight: Sight, revision: string): Promise<Held> {
    const data = await learning.briefData(sight, at)
    const lent = (await lender?.lent({ ...sight, at, words }, data)) ?? []
    const conflicts = [...data.slots, ...data.facts].filter(({ conflict }) => conflict !== undefined)
    return {
      revision,
      standing: renderStanding(data, budget, count, lent),
      timeZone: data.slots.find(({ slot, polarity }) => slot === 'timezone' && polarity === 1)?.value,
      conflicts,
      asked: new Set(),
      lastAt: at.getTime(),
    }
  }

  /** `undefined`: there is no time left for it. */
  async function tail(
    question: BriefQuestion,
    sight: Sight,
    now: Held,
    isLate: () => boolean,
  ): Promise<Rendered | undefined> {
    const terms = stems(question.words)
    const matches = terms.length === 0 ? [] : await learning.recall(sight, terms, question.at, maxMatches)
    if (isLate()) return undefined
    const moods = await learning.sessionReadings(sight, conversationOf(question.place), question.at)
    if (isLate()) return undefined
    const told = new Set(now.standing.lines.map(({ text }) => text))
    const conflicts = unasked(now, matches, question.at)
    const data = { matches, told, conflicts, moods, at: question.at }
    const rendered = renderTail(data, tailRoom(budget, now.standing), count)
    const lines = new Set(rendered.lines.map(({ trait }) => trait))
    if (!question.isLook) for (const { id } of conflicts) if (lines.has(id)) now.asked.add(id)
    return rendered
  }

  async function write(question: BriefQuestion): Promise<Brief> {
    const { person, place } = question
    const begun = ticks()
    const isLate = () => ticks() - begun > patienceMs
    const sight = { person, workspace: workspaceOf(place), scopes: scopesTellableIn(place) }
    const now = await standing(question, sight)
    const end = isLate() ? undefined : await tail(question, sight, now, isLate)
    if (end === undefined) withoutTail += 1
    written += 1
    const tokens = now.standing.tokens + (end?.tokens ?? 0)
    if (!question.isLook)
      telemetry.tell({ type: 'brief', outcome: end ? 'whole' : 'without tail', ms: ticks() - begun, tokens })
    return {
      standing: now.standing.text,
      tail: end?.text ?? '',
      tokens,
      timeZone: now.timeZone,
      lines: [...now.standing.lines, ...(end?.lines ?? [])],
    }
  }

  return {
    async brief(question) {
      try {
        return await write(question)
      } catch (error) {
        failed += 1
        telemetry.tell({ type: 'brief', outcome: 'failed', ms: 0, tokens: 0 })
        log.warn({ err: error }, 'a reply goes on without a brief')
        return emptyBrief
      }
    },
    counts: () => ({ written, failed, withoutTail }),
  }
}

/** What they contradicted lately: asked once in a session. */
function unasked({ conflicts, asked }: Held, matches: readonly Match[], at: Date): readonly Trait[] {
  const matching = matches.map(({ trait }) => trait).filter(({ conflict }) => conflict !== undefined)
  const all = new Map([...conflicts, ...matching].map(trait => [trait.id, trait]))
  return [...all.values()].filter(({ id, lastAt }) => !asked.has(id) && at.getTime() - lastAt.getTime() < lateMs)
}
