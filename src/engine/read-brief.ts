import { type Brief, emptyBrief } from '#src/core/brief.ts'
import type { Clock } from '#src/core/clock.ts'
import { UnavailableError } from '#src/core/errors.ts'
import type { Log } from '#src/core/log.ts'
import type { Turn } from '#src/core/turn.ts'
import { estimateTokens } from './estimate-tokens.ts'
import type { LearningParts } from './learning-parts.ts'

export type BriefParts = Readonly<{ learning?: LearningParts | undefined; clock: Clock; log: Log }>

/** What a prompt tells of its asker. */
export type Told = Pick<Brief, 'standing' | 'tail' | 'timeZone'>
/** The same line by line. */
export type ToldLines = Told & Pick<Brief, 'lines'>

/** A reply does not wait longer for what is known of its asker. */
const withinMs = 5

/** What is known of the asker, for this prompt. Never throws and never holds a reply up: then it is empty, and the log says why. */
export async function readBrief(
  { learning, clock, log }: BriefParts,
  { id: turn, asker, place, asked }: Turn,
  isFresh: boolean,
): Promise<ToldLines> {
  if (learning === undefined) return emptyBrief
  const { briefs, briefTokens, consent } = learning
  const read = async () => {
    if (!(await consent.allows(asker.id, place))) return emptyBrief
    const words = asked.map(({ message }) => message.text).join('\n')
    return await briefs.brief({ turn, person: asker.id, place, words, at: clock.now(), isFresh })
  }
  try {
    return fittingBrief(await inTime(read(), clock), briefTokens)
  } catch (error) {
    log.warn({ err: error }, 'answered without a brief')
    return emptyBrief
  }
}

/** What SQLite tells is there before any timer goes off. */
async function inTime<T>(reading: Promise<T>, clock: Clock): Promise<T> {
  const late = Promise.withResolvers<never>()
  using _ = clock.after(withinMs, () => {
    late.reject(new UnavailableError(`What is known of the asker took more than ${withinMs} ms to read.`))
  })
  return await Promise.race([reading, late.promise])
}

/** The budget holds whoever made the brief: what is too long stays out, the tail first. */
export function fittingBrief(brief: Brief, budget: number): ToldLines {
  const standing = costs(brief.standing) <= budget ? brief.standing : ''
  const tail = costs(standing) + costs(brief.tail) <= budget ? brief.tail : ''
  const lines = brief.lines.filter(({ text }) => standing.includes(text) || tail.includes(text))
  return { standing, tail, timeZone: brief.timeZone, lines }
}

function costs(text: string): number {
  return text === '' ? 0 : estimateTokens(text)
}
