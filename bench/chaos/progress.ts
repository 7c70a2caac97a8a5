import type { WriteStream } from 'node:tty'

const width = 30
const lineEvery = 0.1

export type Progress = (done: number, words: string) => void

/** A bar that grows in place in a terminal, a line for every tenth in a pipe. */
export function showProgress(out: Pick<WriteStream, 'isTTY' | 'write'>): Progress {
  let told = -1
  let last = ''
  return (done, words) => {
    if (out.isTTY) {
      const full = Math.round(done * width)
      out.write(`\r\x1b[K${'█'.repeat(full)}${'░'.repeat(width - full)} ${Math.floor(done * 100)} %  ${words}`)
      return
    }
    const isStep = Math.floor(done / lineEvery) > told
    if (!isStep && (done < 1 || words === last)) return
    told = Math.floor(done / lineEvery)
    last = words
    out.write(`${Math.floor(done * 100)} %  ${words}\n`)
  }
}
