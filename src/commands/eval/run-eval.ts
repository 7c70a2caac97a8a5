import { type Figure, figure } from '#bench/frame/figure.ts'
import type { Tell } from '#src/commands/progress/show-progress.ts'
import type { Claim } from '#src/core/claim.ts'
import type { Step } from './script.ts'
import type { World } from './world.ts'

/** What went otherwise than a line of the script wants it. */
export type Miss = Readonly<{ case: string; line: number; told: string }>

export type EvalResult = Readonly<{ figures: readonly Figure[]; misses: readonly Miss[]; cases: number }>

type Tally = {
  learnt: number
  right: number
  wanted: number
  musts: number
  told: number
  mustNots: number
  leaks: number
}

/** Runs a script; each case meets people whom nobody knows yet. */
export async function runEval(
  script: readonly Step[],
  newWorld: () => World,
  progress: Tell,
  signal: AbortSignal,
): Promise<EvalResult> {
  const tally: Tally = { learnt: 0, right: 0, wanted: 0, musts: 0, told: 0, mustNots: 0, leaks: 0 }
  const misses: Miss[] = []
  const cases = casesOf(script)
  for (const [at, { name, steps }] of cases.entries()) {
    progress(name, at / cases.length)
    using world = newWorld()
    for (const step of steps) {
      signal.throwIfAborted()
      const told = step.type === 'says' ? await hear(world, step, tally, signal) : await look(world, step, tally)
      misses.push(...told.map(one => ({ case: name, line: step.line, told: one })))
    }
  }
  return { figures: figuresOf(tally), misses, cases: cases.length }
}

type Scene = Readonly<{ name: string; steps: readonly Exclude<Step, { type: 'case' }>[] }>

function casesOf(script: readonly Step[]): readonly Scene[] {
  const cases: { name: string; steps: Exclude<Step, { type: 'case' }>[] }[] = []
  for (const step of script) {
    if (step.type === 'case') cases.push({ name: step.name, steps: [] })
    else {
      if (cases.length === 0) cases.push({ name: 'the first case', steps: [] })
      cases.at(-1)?.steps.push(step)
    }
  }
  return cases
}

async function hear(
  world: World,
  step: Extract<Step, { type: 'says' }>,
  tally: Tally,
  signal: AbortSignal,
): Promise<readonly string[]> {
  const { claims, why } = await world.says(step, signal)
  const { learns } = step
  if (learns === undefined) return []
  const isOne = (claim: Claim, { slot, value }: (typeof learns)[number]) =>
    claim.slot === slot && signed(claim) === plain(value)
  const missed = learns.filter(wanted => !claims.some(claim => isOne(claim, wanted)))
  const wrong = claims.filter(claim => !learns.some(wanted => isOne(claim, wanted)))
  tally.wanted += learns.length
  tally.learnt += claims.length
  tally.right += claims.length - wrong.length
  return [
    ...missed.map(({ slot, value }) => `did not learn ${slot} "${value}" (${why})`),
    ...wrong.map(claim => `learnt ${claim.slot} "${signed(claim)}" by ${claim.source}`),
  ]
}

async function look(world: World, step: Extract<Step, { type: 'brief' }>, tally: Tally): Promise<readonly string[]> {
  const { standing, tail } = await world.brief(step)
  const told = plain(`${standing}\n${tail}`)
  const missing = step.must.filter(words => !told.includes(plain(words)))
  const leaked = step.mustNot.filter(words => told.includes(plain(words)))
  tally.musts += step.must.length
  tally.told += step.must.length - missing.length
  tally.mustNots += step.mustNot.length
  tally.leaks += leaked.length
  return [
    ...missing.map(words => `the brief does not say "${words}"`),
    ...leaked.map(words => `the brief gives away "${words}"`),
  ]
}

/** What they do not want has a `-` before it. */
function signed({ value, polarity, slot }: Claim): string {
  return polarity === -1 && slot !== 'dislikes' ? `-${plain(value)}` : plain(value)
}

function plain(text: string): string {
  return text.normalize('NFKC').toLowerCase().replace(/\s+/g, ' ').trim()
}

/** A part that the script asks nothing about has no figure. */
function figuresOf({ learnt, right, wanted, musts, told, mustNots, leaks }: Tally): readonly Figure[] {
  const share = (name: string, part: number, of: number, limit: number) =>
    of === 0 ? [] : [figure({ name, value: part / of, unit: `(${part} of ${of})`, limit, better: 'higher' })]
  return [
    ...share('precision of what is learnt', right, learnt, 0.95),
    ...share('recall of what is learnt', right, wanted, 0.9),
    ...share('recall of the brief', told, musts, 0.9),
    ...(mustNots === 0
      ? []
      : [figure({ name: 'leaks', value: leaks, unit: `of ${mustNots}`, limit: 0, better: 'lower' })]),
  ]
}
