import type { PageEvent } from '#playground/page/wire.ts'
import type { Call } from '#playground/vllm-server/call.ts'
import { callGrowth, callView } from './call-view.ts'

/** Often enough to see words come, and far less often than tokens do. */
const lookEveryMs = 100

/** Tells of each request to the model when it comes, and then of what has grown. */
export function watchCalls(calls: () => readonly Call[], tell: (event: PageEvent) => void): Disposable {
  const open = new Map<number, string>()
  let lastId = 0
  const look = () => {
    const all = calls()
    for (let at = all.length - 1; at >= 0; at--) {
      const call = all[at]
      if (call === undefined || call.id <= lastId) break
      open.set(call.id, '')
    }
    lastId = Math.max(lastId, all.at(-1)?.id ?? 0)
    for (const [id, before] of open) {
      const call = all.findLast(one => one.id === id)
      const now = call && JSON.stringify([call.text.length, call.outcome, call.tokensSent])
      if (call === undefined || now === before) continue
      if (before === '') tell({ type: 'call', call: callView(call) })
      else tell({ type: 'grown', call: callGrowth(call) })
      if (call.outcome === 'open') open.set(id, now ?? '')
      else open.delete(id)
    }
  }
  const timer = setInterval(look, lookEveryMs)
  return { [Symbol.dispose]: () => clearInterval(timer) }
}
