import type { Chunk } from '#adapters/web/page/state/open-talk.ts'

export type Part = Readonly<{ key: string; chunks: readonly Chunk[] }>

/** About so many turns are a part: the square root of a long talk, so that there are as many parts as chunks in one of them. */
const partTurns = 48

/**
 * Chunks in boxes of some. When one is drawn, a browser looks at its neighbours in the box and at the other boxes, not at thousands of
 * chunks. A part stays what it is when others come above it or below.
 */
export function partsOf(chunks: readonly Chunk[]): readonly Part[] {
  const parts: { key: string; number: number; chunks: Chunk[] }[] = []
  for (const chunk of chunks) {
    const number = numberOf(chunk)
    const last = parts.at(-1)
    if (last?.number === number) last.chunks.push(chunk)
    else parts.push({ key: chunk.key, number, chunks: [chunk] })
  }
  return parts
}

/** Turns are counted as they are made, and those of a page that was read are made together. */
function numberOf({ key }: Chunk): number {
  return Math.floor(Number(key.slice(1)) / partTurns)
}
