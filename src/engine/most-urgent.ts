import type { Limit, WritePhase } from '#src/core/surface.ts'

/** What a writer would write if it were its turn now. */
export type Plan = Readonly<{
  bucket: string
  phase: WritePhase
  /** When its reader saw the last new text, in ms since the epoch: among equals the oldest goes first. */
  shownAt: number
  /** What it would show is all that there will be for a moment. */
  isPaused?: boolean
}>

/** Whoever has writes to make, one at a time. */
export interface Writer {
  /** `undefined`: nothing to write. Asked when a slot is free, so that a plan that changed while waiting counts as it is. */
  plan(): Plan | undefined
}

/** A slot in a bucket: settled once its write has come back, or given back unused. */
export type Slot = Readonly<{ plan: Plan; settle(learnt: Limit | undefined): void; giveBack(): void }>

/** A writer that waits for a slot, and the bucket that it waits in. */
export type WaitingWriter = { readonly writer: Writer; bucket: string; readonly grant: (slot: Slot) => void }

type Queue = Readonly<{ name: string; waiting: ReadonlySet<WaitingWriter> }>

/** Whose turn it is, and what it would write. */
export type Urgent<Bucket extends Queue> = Readonly<{ bucket: Bucket; waiting: WaitingWriter; plan: Plan }>

const order: readonly WritePhase[] = ['final', 'first', 'freeze', 'interim']

/** Who is next in one bucket; `undefined`: nobody there has anything to write. */
export function mostUrgentIn<Bucket extends Queue>(bucket: Bucket): Urgent<Bucket> | undefined {
  let found: Urgent<Bucket> | undefined
  for (const waiting of bucket.waiting) {
    const plan = waiting.writer.plan()
    if (plan === undefined || plan.bucket !== bucket.name) continue
    if (found === undefined || goesBefore(plan, found.plan)) found = { bucket, waiting, plan }
  }
  return found
}

/** Who waits in the bucket with a plan for another one, and which that is. */
export function strayedFrom({ name, waiting }: Queue): readonly Readonly<{ waiting: WaitingWriter; name: string }>[] {
  return [...waiting].flatMap(waiting => {
    const plan = waiting.writer.plan()
    return plan === undefined || plan.bucket === name ? [] : [{ waiting, name: plan.bucket }]
  })
}

/** Who is next in all of these. */
export function mostUrgentOf<Bucket extends Queue>(buckets: ReadonlySet<Bucket>): Urgent<Bucket> | undefined {
  let found: Urgent<Bucket> | undefined
  for (const bucket of buckets) {
    const next = mostUrgentIn(bucket)
    if (next && (found === undefined || goesBefore(next.plan, found.plan))) found = next
  }
  return found
}

/** What they would write, most urgent first. */
export function phasesOf(waiting: ReadonlySet<WaitingWriter>): readonly WritePhase[] {
  const phases = [...waiting].map(({ writer }) => writer.plan()?.phase).filter(phase => phase !== undefined)
  return phases.toSorted((one, other) => order.indexOf(one) - order.indexOf(other))
}

function goesBefore(a: Plan, b: Plan): boolean {
  const rank = order.indexOf(a.phase) - order.indexOf(b.phase)
  return rank < 0 || (rank === 0 && a.shownAt < b.shownAt)
}
