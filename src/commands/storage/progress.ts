import { megabytes } from '#src/sqlite/free-space.ts'

const barWidth = 30
/** In a pipe there is a line for each so many percent. */
const percentBetweenLines = 25

export type Progress = Disposable & Readonly<{ told(bytes: number, of: number): void }>

/** Shows how far a copy has come: a bar that grows in a terminal, a few lines in a pipe. Disposing leaves the bar's line. */
export function showProgress(what: string, out: NodeJS.WriteStream = process.stdout): Progress {
  let shown = -1
  return {
    told(bytes, of) {
      // The copy's size is an estimate: nothing is done before it is done.
      const percent = Math.min(99, Math.floor((100 * bytes) / Math.max(of, 1)))
      if (out.isTTY) out.write(`\r${what} ${bar(percent)} ${megabytes(bytes)} of ${megabytes(of)}\u001b[K`)
      else if (percent >= shown + percentBetweenLines || shown < 0) out.write(`${what}: ${percent} %\n`)
      else return
      shown = percent
    },
    [Symbol.dispose]() {
      if (out.isTTY && shown >= 0) out.write('\r\u001b[K')
    },
  }
}

function bar(percent: number): string {
  const full = Math.round((barWidth * percent) / 100)
  return `[${'#'.repeat(full)}${'-'.repeat(barWidth - full)}] ${String(percent).padStart(2)} %`
}
