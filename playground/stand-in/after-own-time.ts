/** Time is counted in pieces of that length, in ms. */
const pieceMs = 250

/**
 * Calls after so many ms in which an answer could have been heard. A piece in which this process stood still is not counted: what came
 * meanwhile was not read yet, and on a machine that stood still nobody else could answer. Disposing of it takes it back.
 */
export function afterOwnTime(ms: number, run: () => void): Disposable {
  let left = ms
  let timer: NodeJS.Timeout
  const wait = () => {
    const [piece, begun] = [Math.min(left, pieceMs), performance.now()]
    timer = setTimeout(() => {
      if (performance.now() - begun < piece + pieceMs) left -= piece
      if (left > 0) wait()
      else run()
    }, piece).unref()
  }
  wait()
  return { [Symbol.dispose]: () => clearTimeout(timer) }
}
