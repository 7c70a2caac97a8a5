import { type Mass, massAt, preferenceOf, withEvent } from './decay.ts'

/** A preference has to rise that high to be shown, and to fall that low to vanish again, so that what people read does not flicker. */
const enterAt = 0.35
const leaveAt = 0.2

/** An event on one value of one key, as a dial hears it. */
export type DialEvent = Readonly<{
  weight: number
  at: number
  halfLifeMs: number
  /** Guesses count once they come from a second session. */
  isInferred: boolean
  session: string
}>

/** Masses that fade alike; what is guessed is kept apart. */
export type DialMass = Readonly<{ mass: Mass; halfLifeMs: number; isInferred: boolean; count: number }>

/** One value of one key. Its state is what a replay of all its events in the order of time gives. */
export type Dial = Readonly<{
  masses: readonly DialMass[]
  /** The session of the first guess. */
  guessedIn: string | undefined
  isConfirmed: boolean
  isOn: boolean
}>

export const emptyDial: Dial = { masses: [], guessedIn: undefined, isConfirmed: false, isOn: false }

/** The dial after an event that is not older than any before. */
export function turnDial(dial: Dial, event: DialEvent): Dial {
  const wasOn = dial.isOn && preferenceOf(dialMassAt(dial, event.at)) >= leaveAt
  const guessedIn = dial.guessedIn ?? (event.isInferred ? event.session : undefined)
  const isConfirmed = dial.isConfirmed || (event.isInferred && guessedIn !== event.session)
  const turned = { ...dial, masses: withMass(dial.masses, event), guessedIn, isConfirmed }
  return { ...turned, isOn: preferenceOf(dialMassAt(turned, event.at)) >= (wasOn ? leaveAt : enterAt) }
}

function withMass(masses: readonly DialMass[], event: DialEvent): readonly DialMass[] {
  const { halfLifeMs, isInferred } = event
  const isIts = (one: DialMass) => one.halfLifeMs === halfLifeMs && one.isInferred === isInferred
  const its = masses.find(isIts)
  const others = masses.filter(one => !isIts(one))
  return [
    ...others,
    { mass: withEvent(its?.mass, event, halfLifeMs), halfLifeMs, isInferred, count: (its?.count ?? 0) + 1 },
  ]
}

/** All that counts at a time. */
export function dialMassAt(dial: Pick<Dial, 'masses' | 'isConfirmed'>, at: number): Mass {
  let [positive, negative] = [0, 0]
  for (const { mass, halfLifeMs, isInferred } of dial.masses) {
    if (isInferred && !dial.isConfirmed) continue
    const now = massAt(mass, at, halfLifeMs)
    positive += now.positive
    negative += now.negative
  }
  return { positive, negative, at }
}

/** Whether it shows at a time, its last event being before. */
function isOnAt(dial: Pick<Dial, 'masses' | 'isConfirmed' | 'isOn'>, at: number): boolean {
  return dial.isOn && preferenceOf(dialMassAt(dial, at)) >= leaveAt
}

/** The same for what several dials of one value add up to: together they may show what none of them does alone, and not what one of them does. */
export function areOnAt(dials: readonly Pick<Dial, 'masses' | 'isConfirmed' | 'isOn'>[], at: number): boolean {
  const isOn = dials.some(dial => isOnAt(dial, at))
  if (dials.length === 1) return isOn
  const masses = dials.map(dial => dialMassAt(dial, at))
  const sum = (side: 'positive' | 'negative') => masses.reduce((total, mass) => total + mass[side], 0)
  return preferenceOf({ positive: sum('positive'), negative: sum('negative') }) >= (isOn ? leaveAt : enterAt)
}
