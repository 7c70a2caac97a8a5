import { Timings } from '#bench/frame/timings.ts'
import { createRandom } from '#bench/history/random.ts'
import { createProse } from '#bench/stream/prose.ts'
import type { Call } from '#playground/vllm-server/call.ts'
import type { Place } from '#src/core/place.ts'
import type { Stage } from './stage.ts'

export type Comparison = Readonly<{
  without: Timings
  with: Timings
  /** Replies that began while a request of the observer was in the server's only slot. */
  met: number
}>

/** Long enough that its prefill shows. */
const questionTokens = 300
const patienceMs = 10_000
/** One that fails at once is gone before anybody sees it. */
const aMomentMs = 20

/**
 * First-token times of pairs of replies: one while the observer rests, one while it does what it can. `isBusy`: the second reply
 * of a pair begins only once a request of the observer is running.
 */
export async function compare(stage: Stage, pairs: number, isBusy: boolean, signal: AbortSignal): Promise<Comparison> {
  const { vllm, observer } = stage
  const ask = asker(stage)
  const timings = { without: new Timings(), with: new Timings() }
  let met = 0
  // What is paid once only: code that is compiled, connections that are opened, the prefix of all prompts.
  for (let i = 0; i < 10; i++) await ask()
  for (let pair = 0; pair < pairs; pair++) {
    signal.throwIfAborted()
    const rest = observer.rightOfWay.claim()
    await vllm.until(() => vllm.running + vllm.waiting === 0, AbortSignal.timeout(patienceMs))
    timings.without.add(await ask())
    rest[Symbol.dispose]()
    const seen = observed(stage, isBusy ? patienceMs : aMomentMs)
    if (await (isBusy ? seen : seen.catch(() => false))) met++
    timings.with.add(await ask())
  }
  return { ...timings, met }
}

/** Each time somebody new, in a DM of their own, with words that no cache has: all replies cost the same. */
function asker({ house, model }: Stage): () => Promise<number> {
  const prose = createProse(createRandom(1))
  let count = 0
  return async () => {
    const name = `person-${++count}`
    const place: Place = { platform: 'bench', workspace: undefined, channel: name, thread: undefined, audience: 'dm' }
    const words = Array.from({ length: questionTokens }, prose).join('').replaceAll('\n\n', ' ')
    const askedAt = performance.now()
    const { outcome } = await house.ask(name, place, `I like ${name}. ${words}`)
    if (outcome !== 'done') throw new Error(`A reply of the bench ended ${outcome}.`)
    return model.firstTextAt - askedAt
  }
}

/** Resolves once a request of the observer is running, and rejects after so long. */
async function observed({ vllm }: Stage, withinMs: number): Promise<boolean> {
  const newest = () => vllm.calls.slice(-5)
  return await vllm.until(() => newest().some(isObserving), AbortSignal.timeout(withinMs))
}

function isObserving({ body, outcome, startedAt }: Call): boolean {
  return outcome === 'open' && startedAt !== undefined && 'response_format' in body
}
