import { answerOf } from '#bench/chaos/checker/answer-of.ts'
import type { Commanded, Evidence, LastWish, LastWord, Said, Shown } from '#bench/chaos/checker/evidence.ts'
import type {
  Ledger,
  LedgerJob,
  LedgerSuperseded,
  LedgerSupersededPart,
  LedgerTurn,
  LedgerWords,
} from '#bench/chaos/checker/ledger.ts'

type Mutable<T> = { -readonly [Key in keyof T]: T[Key] }
type Open<T> = { -readonly [Key in keyof T]: Mutable<T[Key]> }

/** Evidence that a test may bend before it is judged. */
export type Bendable = {
  said: Mutable<Said>[]
  shown: Mutable<Shown>[]
  askings: { turn: string; prompt: string }[]
  opinions: LastWord[]
  wishes: LastWish[]
  commands: Commanded[]
  starts: number[]
  ledger: Open<{ -readonly [Key in keyof Ledger]: Ledger[Key] }> & {
    turns: Mutable<LedgerTurn>[]
    words: Mutable<LedgerWords>[]
    parts: { turn: string; part: number; message: string }[]
    drafts: string[]
    damages: string[]
    superseded: Mutable<LedgerSuperseded>[]
    supersededParts: LedgerSupersededPart[]
    removals: string[]
    jobs: Mutable<LedgerJob>[]
    learntFrom: Set<string>
    doubled: string[]
    opinions: Set<string>
    events: Map<string, number>
  }
}

export const anHour = Date.UTC(2026, 0, 1)
const channel = '100'
const place = `discord:7:${channel}`
const asker = 'discord:-:42'

/**
 * A faultless evening in one channel: q00001 answered, q00002 and q00003 answered together in two messages, q00004 cut
 * off and
 * marked, q00005 told that Aeries rests, q00006 said to nobody.
 */
export function anEvidence(): Bendable {
  const evidence: Bendable = {
    said: [],
    shown: [],
    askings: [],
    opinions: [],
    wishes: [],
    commands: [],
    starts: [anHour],
    ledger: {
      ...{ turns: [], words: [], parts: [], drafts: [], damages: [], events: new Map() },
      ...{ jobs: [], learntFrom: new Set(), doubled: [], opinions: new Set() },
      ...{ superseded: [], supersededParts: [], removals: [] },
    },
  }
  const whole = answerOf('q00003')
  const half = whole.indexOf(' ', whole.length / 2)
  addTurn(evidence, 1, ['q00001'], { state: 'done', answer: answerOf('q00001'), shown: [answerOf('q00001')] })
  addTurn(evidence, 2, ['q00002', 'q00003'], {
    state: 'done',
    answer: whole,
    shown: [whole.slice(0, half), whole.slice(half)],
  })
  const cut = answerOf('q00004').slice(0, 40)
  const notes = ['This answer broke off here. Ask again if you still need it.']
  addTurn(evidence, 4, ['q00004'], { state: 'cut off', answer: cut, shown: [cut], notes })
  const notice = 'Aeries is resting. Try again in a moment.'
  addTurn(evidence, 5, ['q00005'], { state: 'failed', answer: undefined, shown: [notice] })
  evidence.said.push(aSaid('q00006', 6, false))
  return evidence
}

type Turning = Readonly<{
  state: LedgerTurn['state']
  answer: string | undefined
  shown: readonly string[]
  notes?: readonly string[]
}>

/** One turn at its minute: people, ledger and platform agree. */
export function addTurn(evidence: Bendable, minute: number, names: readonly string[], turning: Turning): void {
  const { ledger } = evidence
  const id = String(minute)
  const row = {
    id,
    key: `turn${id}`,
    conversation: '1',
    place,
    thread: null,
    asker,
    state: turning.state,
    run: 0,
    withdrawn: 0,
  }
  ledger.turns.push(row)
  for (const [i, name] of names.entries()) {
    const said = aSaid(name, minute + i / 10, true)
    evidence.said.push(said)
    ledger.words.push(wordsOf(row, { id: `p${name}`, role: 'person', said, text: name }))
    ledger.events.set(`event ${name}`, said.at + 5)
    if (turning.answer !== undefined) ledger.learntFrom.add(said.key)
  }
  const { answer } = turning
  if (answer !== undefined) ledger.words.push(wordsOf(row, { id: `a${id}`, role: 'aeries', text: answer }))
  for (const [part, text] of turning.shown.entries()) {
    const shown = aShown(BigInt(minute * 1_000 + 500 + part), text)
    shown.replyTo = part === 0 ? keyOf(names.at(-1) ?? '') : undefined
    shown.notes = part === turning.shown.length - 1 ? (turning.notes ?? []) : []
    evidence.shown.push(shown)
    ledger.parts.push({ turn: id, part, message: shown.key })
  }
  evidence.askings.push({ turn: row.key, prompt: names.join(' ') })
}

export function aShown(order: bigint, text: string): Mutable<Shown> {
  const at = anHour + Number(order) * 60
  return {
    key: `${place}/${order}`,
    platform: 'discord',
    channel,
    thread: undefined,
    order,
    deletedAt: undefined,
    text,
    notes: [],
    replyTo: undefined,
    frames: [{ at, content: text }],
  }
}

export function keyOf(name: string): string {
  return `${place}/${name}`
}

function aSaid(id: string, minute: number, addressed: boolean): Mutable<Said> {
  return { id, key: keyOf(id), platform: 'discord', channel, asker, at: anHour + minute * 60_000, addressed }
}

type Wording = Readonly<{ id: string; role: 'person' | 'aeries'; said?: Said; text: string }>

function wordsOf({ id: turn, conversation }: LedgerTurn, { id, role, said, text }: Wording): LedgerWords {
  const saidAt = said?.at ?? anHour
  const event = said === undefined ? null : `event ${said.id}`
  return { id, conversation, role, turn, event, key: said?.key ?? null, saidAt, ordinal: BigInt(saidAt) * 1_000n, text }
}

export function asEvidence(bendable: Bendable): Evidence {
  return bendable as Evidence
}
