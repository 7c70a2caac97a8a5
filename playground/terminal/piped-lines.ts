import { createInterface } from 'node:readline'
import { PassThrough, type Readable } from 'node:stream'
import type { TypedLine } from './typed-line.ts'

/** Whoever reads an answer before writing on takes longer than that. */
const together = 100

/** The lines of a pipe, until it ends. A line is taken when it comes, also while an earlier one is still being worked on. */
export async function* pipedLines(input: Readable, signal: AbortSignal): AsyncGenerator<TypedLine> {
  const lines = new PassThrough({ objectMode: true, highWaterMark: Number.MAX_SAFE_INTEGER })
  const reader = createInterface({ input, signal })
  let lastAt = Number.NEGATIVE_INFINITY
  reader.on('line', text => {
    const at = performance.now()
    lines.write({ text, follows: at - lastAt < together } satisfies TypedLine)
    lastAt = at
  })
  reader.on('close', () => lines.end())
  try {
    yield* lines as AsyncIterable<TypedLine>
  } finally {
    reader.close()
  }
}
