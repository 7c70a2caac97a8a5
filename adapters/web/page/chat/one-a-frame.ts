const waiting = new Set<() => void>()
let isAwake = false

/** Does such work in the next frame that has room for it: one a frame, the newest first. Returns how to leave it. */
export function oneAFrame(work: () => void): () => void {
  waiting.add(work)
  if (!isAwake) requestAnimationFrame(next)
  isAwake = true
  return () => waiting.delete(work)
}

function next(): void {
  const work = [...waiting].at(-1)
  if (work === undefined) {
    isAwake = false
    return
  }
  waiting.delete(work)
  work()
  requestAnimationFrame(next)
}
