import { type ClaimKind, type Slot, slots } from './claim.ts'
import { remaining } from './decay.ts'

/** One statement as the log keeps it. */
export type Testimony = Readonly<{
  /** The order among statements of one time. */
  id: number
  kind: ClaimKind
  slot: Slot
  value: string
  polarity: 1 | -1
  at: number
  weight: number
  halfLifeMs: number | undefined
  lastsMs: number | undefined
  head: readonly string[]
}>

/** What statements add up to. It is named for the statement that opened it. */
export type Settled = Readonly<{
  id: number
  slot: Slot
  polarity: 1 | -1
  isTold: boolean
  /** The newest statement of it, whose wording it has. */
  wording: number
  statements: readonly number[]
  mass: number
  halfLifeMs: number | undefined
  since: number
  lastAt: number
  until: number | undefined
  /** When something ended it; `undefined`: it stands. */
  endedAt: number | undefined
  /** The statement that said otherwise within a day. */
  conflict: number | undefined
  supersededBy: number | undefined
}>

/** Two statements share most of their words: they are about the same thing. */
const sameAbout = 0.6
const conflictWithinMs = 24 * 3_600_000

/** Forms of a reply that rule each other out: who wants the one does not want the others any more. */
const runningText: readonly string[] = ['prose']
const laidOut: readonly string[] = ['bullets', 'table', 'headings', 'numbered', 'steps']

type Open = {
  pieces: Testimony[]
  conflict: Testimony | undefined
  endedAt: number | undefined
  supersededBy: number | undefined
}

/** Slots that are settled together: what somebody dislikes is what they do not like. */
export function groupOf(slot: Slot): Slot {
  return slot === 'dislikes' ? 'likes' : slot
}

/**
 * What the statements on one group of slots add up to, given in the order of time. The newest wins: of a slot that holds one value a
 * statement closes what stood there before; of one that holds many, whatever is about the same thing and says
 * the opposite. No model is asked whether two things contradict each other. Pure, so that taking a statement out leaves what would
 * be there without it.
 */
export function settleTraits(statements: readonly Testimony[]): readonly Settled[] {
  const all: Open[] = []
  const live = new Live()
  for (const piece of statements) {
    const { same, ended } = live.meeting(piece)
    for (const other of ended) live.close(other, piece)
    if (same !== undefined) {
      same.pieces.push(piece)
      same.conflict = undefined
      for (const other of ended) other.supersededBy = idOf(same)
      live.index(same, piece)
      continue
    }
    if (isMereDenial(piece)) continue
    const opened = { pieces: [piece], conflict: conflictOf(piece, ended), endedAt: undefined, supersededBy: undefined }
    for (const other of ended) other.supersededBy = piece.id
    all.push(opened)
    live.open(opened)
  }
  return all.map(settled)
}

/** "That is not my name any more" ends what it denies and puts nothing in its place. */
function isMereDenial({ slot, polarity }: Testimony): boolean {
  return slots[slot].holds === 'single' && polarity === -1
}

/** The traits that stand, found by what they are about. */
class Live {
  readonly #open = new Set<Open>()
  readonly #byWord = new Map<string, Set<Open>>()

  /** The one that the statement repeats, and those that it ends. */
  meeting(piece: Testimony): Readonly<{ same: Open | undefined; ended: readonly Open[] }> {
    const isSingle = slots[piece.slot].holds === 'single'
    const near = isSingle ? [...this.#open] : this.#near(piece)
    const agreeing = (open: Open) => signOf(newest(open)) === signOf(piece)
    if (isSingle) {
      const equal = near.find(open => newest(open).value === piece.value)
      if (piece.polarity === -1) return { same: undefined, ended: equal ? [equal] : [] }
      return { same: equal, ended: near.filter(open => open !== equal) }
    }
    // There are few forms of a reply; of what people like there may be thousands.
    const excluded = piece.slot === 'reply_format' ? [...this.#open].filter(open => excludes(piece, newest(open))) : []
    return {
      same: near.find(agreeing),
      ended: [...near.filter(open => !agreeing(open)), ...excluded],
    }
  }

  open(open: Open): void {
    this.#open.add(open)
    for (const piece of open.pieces) this.index(open, piece)
  }

  index(open: Open, piece: Testimony): void {
    for (const word of piece.head) {
      const known = this.#byWord.get(word)
      if (known) known.add(open)
      else this.#byWord.set(word, new Set([open]))
    }
  }

  close(open: Open, by: Testimony): void {
    open.endedAt = by.at
    this.#open.delete(open)
  }

  /** Those about the same thing, the nearest first. */
  #near(piece: Testimony): readonly Open[] {
    const sharing = new Set<Open>()
    for (const word of piece.head) for (const open of this.#byWord.get(word) ?? []) sharing.add(open)
    return [...sharing]
      .filter(open => this.#open.has(open))
      .map(open => ({ open, likeness: jaccard(newest(open).head, piece.head) }))
      .filter(({ likeness }) => likeness >= sameAbout)
      .sort((one, other) => other.likeness - one.likeness || idOf(one.open) - idOf(other.open))
      .map(({ open }) => open)
  }
}

function settled(open: Open): Settled {
  const { pieces, conflict, endedAt, supersededBy } = open
  const last = newest(open)
  const isTold = pieces.some(isToldBy)
  const halfLifeMs = pieces.some(piece => piece.halfLifeMs === undefined)
    ? undefined
    : Math.max(...pieces.map(piece => piece.halfLifeMs ?? 0))
  return {
    id: idOf(open),
    slot: last.slot,
    polarity: last.polarity,
    isTold,
    wording: last.id,
    statements: pieces.map(({ id }) => id),
    mass: pieces.reduce((sum, { weight, at }) => sum + weight * remaining(last.at - at, halfLifeMs), 0),
    halfLifeMs,
    since: pieces[0]?.at ?? last.at,
    lastAt: last.at,
    until: last.lastsMs === undefined ? undefined : last.at + last.lastsMs,
    endedAt,
    conflict: conflict?.id,
    supersededBy,
  }
}

function isToldBy({ kind }: Testimony): boolean {
  return kind === 'instruction' || kind === 'correction'
}

/** Who corrects themself, or gives an order, leaves no doubt. */
function conflictOf(piece: Testimony, ended: readonly Open[]): Testimony | undefined {
  if (isToldBy(piece)) return undefined
  return ended.map(newest).find(other => piece.at - other.at < conflictWithinMs)
}

function excludes(piece: Testimony, other: Testimony): boolean {
  if (piece.polarity === -1 || other.polarity === -1) return false
  const [one, two] = [piece.value, other.value]
  return (runningText.includes(one) && laidOut.includes(two)) || (laidOut.includes(one) && runningText.includes(two))
}

function signOf({ slot, polarity }: Testimony): number {
  return slot === 'dislikes' ? -polarity : polarity
}

function newest({ pieces }: Open): Testimony {
  return pieces.at(-1) as Testimony
}

function idOf({ pieces }: Open): number {
  return (pieces[0] as Testimony).id
}

function jaccard(one: readonly string[], other: readonly string[]): number {
  const both = new Set([...one, ...other])
  if (both.size === 0) return 0
  const known = new Set(other)
  return new Set(one.filter(word => known.has(word))).size / both.size
}
