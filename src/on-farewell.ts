const onceWithinMs = 1_000 // one Ctrl-C comes twice where npm hands on what its terminal told all; nobody presses again that soon

/** Calls `first` when this process is told to go: by Ctrl-C, a kill or a closed terminal; and `again` each time that somebody insists. */
export function onFarewell({ first, again }: Readonly<{ first(): void; again(): void }>): void {
  let toldAt: number | undefined
  function hear(): void {
    if (toldAt === undefined) {
      toldAt = performance.now()
      first()
    } else if (performance.now() - toldAt > onceWithinMs) again()
  }
  for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(name, hear)
}
