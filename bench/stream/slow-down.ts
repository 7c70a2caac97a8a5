type Slow = Readonly<{ kind: 'slow'; ms: number; accepted?: boolean; chance?: number }>

/** A request is late on its way there, or its answer on the way back: by so long, half of them by twice as long. */
export function slowDown(faults: Readonly<{ add(fault: Slow): unknown }>, ms: number): void {
  const way = { kind: 'slow' } as const
  faults.add({ ...way, ms, chance: 1 / 4 })
  faults.add({ ...way, ms, accepted: true, chance: 1 / 3 })
  faults.add({ ...way, ms: 2 * ms, chance: 1 / 2 })
  faults.add({ ...way, ms: 2 * ms, accepted: true })
}
