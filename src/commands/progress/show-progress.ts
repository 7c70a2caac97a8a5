import type { WriteStream } from 'node:tty'

/** Says what is being done, and the share of it that is done, from 0 to 1, where that is known. */
export type Tell = (words: string, done?: number) => void

export type Progress = Disposable & Readonly<{ tell: Tell }>

type Output = Pick<WriteStream, 'isTTY' | 'write'> & Readonly<{ columns?: number }>

const width = 30
/** Takes the line away that the cursor is in. */
const clear = '\r\u001b[K'

/**
 * Shows how far long work has come, beside its result, which goes to standard output: a bar that grows in place in a terminal and goes
 * away when disposed of, a line for every tenth in a pipe.
 */
export function showProgress(out: Output = process.stderr): Progress {
  return out.isTTY ? inTerminal(out) : inPipe(out)
}

/** For `--json`. */
export const noProgress: Progress = { tell: () => {}, [Symbol.dispose]: () => {} }

function inTerminal(out: Output): Progress {
  let isShown = false
  return {
    tell(words, done) {
      // A line that is longer than the terminal is broken, and cannot be taken away.
      const line = `${done === undefined ? '' : bar(done)}${words}`.slice(0, (out.columns || 80) - 1)
      out.write(`${clear}${line}`)
      isShown = true
    },
    [Symbol.dispose]() {
      if (isShown) out.write(clear)
      isShown = false
    },
  }
}

function inPipe(out: Output): Progress {
  let told: Readonly<{ words: string; tenth: number | undefined }> | undefined
  return {
    tell(words, done) {
      const tenth = done === undefined ? undefined : Math.floor(done * 10)
      // Words about what is half done change all the time.
      const isTold = tenth === told?.tenth && (words === told?.words || (done ?? 1) < 1)
      if (isTold) return
      told = { words, tenth }
      out.write(`${done === undefined ? '' : `${percent(done)} %  `}${words}\n`)
    },
    [Symbol.dispose]() {},
  }
}

function bar(done: number): string {
  const full = Math.round(done * width)
  return `${'█'.repeat(full)}${'░'.repeat(width - full)} ${String(percent(done)).padStart(3)} %  `
}

function percent(done: number): number {
  return Math.floor(done * 100)
}
