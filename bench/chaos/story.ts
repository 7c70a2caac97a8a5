import type { Book } from './book.ts'
import type { Stage } from './cast.ts'
import type { Evidence } from './checker/evidence.ts'
import type { Violation } from './checker/violation.ts'
import type { Skyline } from './perform.ts'
import type { Plan } from './plan.ts'

export type StoryParts = Readonly<{
  plan: Plan
  stage: Stage
  book: Book
  evidence: Evidence
  skyline: readonly Skyline[]
  starts: readonly number[]
  kills: readonly number[]
}>

type Line = Readonly<{ at: number; words: string }>

/** Weather that ended so long before the first word, or lives that did, are another story. */
const aroundMs = 3_000

/**
 * Everything that is known about a violation, in its order: what was said, told, asked, written, killed, and the rows
 * at the end.
 */
export function storyOf(violation: Violation, parts: StoryParts): string {
  const { evidence, book } = parts
  const entries = violation.said.flatMap(name => book.find(name) ?? [])
  const asked = evidence.ledger.words.filter(({ key }) => entries.some(({ said }) => said.key === key))
  const rows = evidence.ledger.turns.filter(
    ({ id, key }) => key === violation.turn || asked.some(({ turn }) => turn === id),
  )
  const keys = new Set([
    ...(violation.shown ?? []),
    ...evidence.ledger.parts.filter(({ turn }) => rows.some(({ id }) => id === turn)).map(({ message }) => message),
  ])
  const shown = evidence.shown.filter(
    ({ key, text }) => keys.has(key) || violation.said.some(name => text.startsWith(`About ${name}:`)),
  )
  const lines = [
    ...entries.map(
      ({ said, message }): Line => ({
        at: said.at,
        words: `${said.asker} says ${said.id} (${message.style}) in ${message.place}: ${said.key}`,
      }),
    ),
    ...entries.flatMap(({ said }) => touchesOf(said.id, said.at, parts)),
    ...entries.flatMap(({ said }) => receivedOf(said.key, parts)),
    ...rows.flatMap(({ key }) => callsOf(key, parts)),
    ...shown.flatMap(({ key, frames }) =>
      frames.map(({ at, content }) => ({ at, words: `${key} shows ${brief(content)}` })),
    ),
    ...shown.flatMap(({ key }) => requestsOf(key.slice(key.lastIndexOf('/') + 1), parts)),
  ]
  const from = Math.min(...lines.map(({ at }) => at)) - aroundMs
  const to = Math.max(...lines.map(({ at }) => at)) + aroundMs
  const around = aroundOf(parts).filter(({ at }) => at >= from && at <= to)
  const told = [...lines, ...around].toSorted((a, b) => a.at - b.at)
  return [
    `${violation.kind}: ${violation.what}`,
    ...told.map(({ at, words }) => `  ${new Date(at).toISOString().slice(11, 23)}  ${words}`),
    ...rows.map(row => `  turn ${JSON.stringify(row)}`),
    ...asked.map(({ ordinal: _, ...row }) => `  row ${JSON.stringify(row)}`),
    ...shown.map(
      ({ key, deletedAt, text, notes }) =>
        `  stands${deletedAt === undefined ? '' : ' no more'}: ${key} ${JSON.stringify(text)} ${notes.join(' ')}`,
    ),
  ].join('\n')
}

function touchesOf(name: string, at: number, { plan }: StoryParts): readonly Line[] {
  const planned = plan.messages.find(one => one.name === name)?.at ?? 0
  return plan.touches
    .filter(({ of }) => of === name)
    .map(touch => ({ at: at + touch.at - planned, words: `${name}: ${touch.type}` }))
}

function receivedOf(key: string, { evidence }: StoryParts): readonly Line[] {
  const row = evidence.ledger.words.find(one => one.key === key)
  const at = evidence.ledger.events.get(row?.event ?? '')
  return at === undefined ? [] : [{ at, words: `received: ${row?.event}` }]
}

function callsOf(turn: string, { stage }: StoryParts): readonly Line[] {
  return stage.vllm.calls
    .filter(({ requestId }) => requestId === turn)
    .map(({ receivedAt, endedAt = receivedAt, outcome, status = 0, tokensSent }) => {
      const ms = Math.round(endedAt - receivedAt)
      return { at: receivedAt, words: `model asked: ${outcome} ${status}, ${tokensSent} tokens in ${ms} ms` }
    })
}

function requestsOf(native: string, { stage }: StoryParts): readonly Line[] {
  const discord = stage.discord.log
    .filter(one => one.messageId === native)
    .map(({ at, method, status, accepted, repeated, fault, nonce }) => {
      const what = [status, accepted && 'carried out', repeated && 'repeated', fault, nonce]
      return { at, words: `${method} of ${native}: ${what.filter(Boolean).join(', ')}` }
    })
  const slack = stage.slack.log
    .filter(({ ts }) => ts === native)
    .map(({ at, method, status, accepted, error, fault }) => {
      const what = [error ?? status, accepted && 'carried out', fault]
      return { at, words: `${method} of ${native}: ${what.filter(Boolean).join(', ')}` }
    })
  return [...discord, ...slack]
}

function aroundOf({ starts, kills, skyline }: StoryParts): readonly Line[] {
  return [
    ...starts.map(at => ({ at, words: '--- the service is started' })),
    ...kills.map(at => ({ at, words: '--- the service is killed' })),
    ...skyline.map(({ kind, from, to }) => ({ at: from, words: `--- ${kind} for ${to - from} ms` })),
  ]
}

function brief(content: string): string {
  const line = JSON.stringify(content)
  return line.length > 90 ? `${line.slice(0, 45)} … ${line.slice(-40)} (${content.length})` : line
}
