/** How busy a server is, over all of its engines and whoever asks it. */
export type ServerLoad = Readonly<{
  running: number
  /** Requests that it took and has no room for yet. */
  waiting: number
  /** The fullest engine's share of its memory for running requests, from 0 to 1. */
  cacheUsage: number
}>

/** Reads what vLLM shows at `/metrics`; `undefined` if it is no such page. */
export function readLoad(page: string): ServerLoad | undefined {
  const running = gauge(page, runningLines)
  const waiting = gauge(page, waitingLines)
  if (running.length === 0 || waiting.length === 0) return undefined
  return { running: sum(running), waiting: sum(waiting), cacheUsage: Math.max(0, ...gauge(page, cacheLines)) }
}

const runningLines = /^vllm:num_requests_running(?:\{[^}]*\})? (\S+)/gm
const waitingLines = /^vllm:num_requests_waiting(?:\{[^}]*\})? (\S+)/gm
/** The older name is that of releases before 0.11. */
const cacheLines = /^vllm:(?:kv_cache|gpu_cache)_usage_perc(?:\{[^}]*\})? (\S+)/gm

function gauge(page: string, lines: RegExp): readonly number[] {
  return [...page.matchAll(lines)].map(([, value]) => Number(value)).filter(value => value >= 0)
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0)
}
