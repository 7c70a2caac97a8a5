import { type Slot, slots } from './claim.ts'
import { remaining } from './decay.ts'
import { likenessOf, nearLikeness, type Testimony } from './testimony.ts'

/** What statements add up to. It is named for the statement that opened it. */
export type Settled = Readonly<{
  id: number
  slot: Slot
  polarity: 1 | -1
  isTold: boolean
  /** The newest statement of it, whose wording it has. */
  wording: number
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

/** One that stands, with its newest statement: all that what comes later can ask of what came before. */
export type Standing = Readonly<{ trait: Settled; newest: Testimony }>

const conflictWithinMs = 24 * 3_600_000

/** Forms of a reply that rule each other out: who wants the one does not want the others any more. */
const runningText: readonly string[] = ['prose']
const laidOut: readonly string[] = ['bullets', 'table', 'headings', 'numbered', 'steps']

type Open = { trait: Settled; newest: Testimony; readonly statements: number[] }

/**
 * What the statements on one group of slots add up to, given in the order of time. The newest wins: of a slot that holds one value a
 * statement closes what stood there before; of one that holds many, whatever is about the same thing and says
 * the opposite. No model is asked whether two things contradict each other. Pure, so that taking a statement out leaves what would
 * be there without it. From `standing`, what stood before the first of them, it goes on as if all statements had been given: each
 * result comes with those of its statements that were.
 */
export function settleTraits(
  statements: readonly Testimony[],
  standing: readonly Standing[] = [],
): readonly (Settled & Readonly<{ statements: readonly number[] }>)[] {
  const all: Open[] = standing.map(one => ({ ...one, statements: [] }))
  const live = new Live()
  for (const open of all) live.open(open)
  for (const piece of statements) {
    const { same, ended } = live.meeting(piece)
    const isMere = same === undefined && isMereDenial(piece)
    const supersededBy = isMere ? undefined : (same?.trait.id ?? piece.id)
    for (const other of ended) live.close(other, piece.at, supersededBy)
    if (same !== undefined) live.join(same, piece)
    else if (!isMere) {
      const opened = { trait: traitOf(piece, conflictOf(piece, ended)), newest: piece, statements: [piece.id] }
      all.push(opened)
      live.open(opened)
    }
  }
  return all.map(({ trait, statements: its }) => ({ ...trait, statements: its }))
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
    const agreeing = (open: Open) => signOf(open.newest) === signOf(piece)
    if (isSingle) {
      const equal = near.find(open => open.newest.value === piece.value)
      if (piece.polarity === -1) return { same: undefined, ended: equal ? [equal] : [] }
      return { same: equal, ended: near.filter(open => open !== equal) }
    }
    // There are few forms of a reply; of what people like there may be thousands.
    const excluded =
      piece.slot === 'reply_format' ? [...this.#open].filter(open => excludes(piece, open.newest)).sort(byId) : []
    return {
      same: near.find(agreeing),
      ended: [...near.filter(open => !agreeing(open)), ...excluded],
    }
  }

  open(open: Open): void {
    this.#open.add(open)
    for (const word of open.newest.head) {
      const known = this.#byWord.get(word)
      if (known) known.add(open)
      else this.#byWord.set(word, new Set([open]))
    }
  }

  join(open: Open, piece: Testimony): void {
    this.#remove(open)
    open.trait = joined(open.trait, piece)
    open.newest = piece
    open.statements.push(piece.id)
    this.open(open)
  }

  close(open: Open, endedAt: number, supersededBy: number | undefined): void {
    this.#remove(open)
    open.trait = { ...open.trait, endedAt, supersededBy }
  }

  #remove(open: Open): void {
    this.#open.delete(open)
    for (const word of open.newest.head) this.#byWord.get(word)?.delete(open)
  }

  /** Those about the same thing, the nearest first. */
  #near(piece: Testimony): readonly Open[] {
    const sharing = new Set<Open>()
    for (const word of piece.head) for (const open of this.#byWord.get(word) ?? []) sharing.add(open)
    return [...sharing]
      .map(open => ({ open, likeness: likenessOf(open.newest.head, piece.head) }))
      .filter(({ likeness }) => likeness >= nearLikeness)
      .sort((one, other) => other.likeness - one.likeness || byId(one.open, other.open))
      .map(({ open }) => open)
  }
}

function traitOf(piece: Testimony, conflict: Testimony | undefined): Settled {
  const { id, slot, polarity, at, weight, halfLifeMs } = piece
  return {
    ...{ id, slot, polarity, isTold: isToldBy(piece), wording: id, mass: weight, halfLifeMs, since: at, lastAt: at },
    until: untilOf(piece),
    endedAt: undefined,
    conflict: conflict?.id,
    supersededBy: undefined,
  }
}

/** A trait that is said again. It fades as slowly as the slowest of what was said of it so far. */
function joined(trait: Settled, piece: Testimony): Settled {
  const { id: wording, slot, polarity, at, weight } = piece
  const halfLifeMs =
    trait.halfLifeMs === undefined || piece.halfLifeMs === undefined
      ? undefined
      : Math.max(trait.halfLifeMs, piece.halfLifeMs)
  return {
    ...trait,
    ...{ slot, polarity, wording, halfLifeMs, lastAt: at, until: untilOf(piece), conflict: undefined },
    isTold: trait.isTold || isToldBy(piece),
    mass: trait.mass * remaining(at - trait.lastAt, halfLifeMs) + weight,
  }
}

function untilOf({ at, lastsMs }: Testimony): number | undefined {
  return lastsMs === undefined ? undefined : at + lastsMs
}

function isToldBy({ kind }: Testimony): boolean {
  return kind === 'instruction' || kind === 'correction'
}

/** Who corrects themself, or gives an order, leaves no doubt. */
function conflictOf(piece: Testimony, ended: readonly Open[]): Testimony | undefined {
  if (isToldBy(piece)) return undefined
  return ended.map(({ newest }) => newest).find(other => piece.at - other.at < conflictWithinMs)
}

/** The same whatever was open first, or was given first. */
function byId(one: Open, other: Open): number {
  return one.trait.id - other.trait.id
}

function excludes(piece: Testimony, other: Testimony): boolean {
  if (piece.polarity === -1 || other.polarity === -1) return false
  const [one, two] = [piece.value, other.value]
  return (runningText.includes(one) && laidOut.includes(two)) || (laidOut.includes(one) && runningText.includes(two))
}

function signOf({ slot, polarity }: Testimony): number {
  return slot === 'dislikes' ? -polarity : polarity
}
