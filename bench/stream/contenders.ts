import type { ChildPlan } from '#bench/frame/child.ts'
import { importContender } from '#bench/frame/import-contender.ts'
import { withoutLimits } from '#bench/frame/without-limits.ts'
import type { Platform } from './scenario.ts'

/** Who takes part in a bench of streams. Each runs as a process of its own against servers of its own. */
export type Contender = Readonly<{
  name: string
  /** A way of Aeries that is not meant to be fast: it is listed, and compared with nobody. */
  isListed?: boolean
  /** Packages that are installed by hand. */
  needs: readonly string[]
  plans: Readonly<Record<Platform, ChildPlan>>
}>

/** A person's three paces; the first is what others are compared with. */
export const aeries = 'aeries'

export const contenders: readonly Contender[] = [
  ownPace(aeries, 'live'),
  loop(500),
  loop(1_000),
  loop(1_200),
  {
    name: 'chat-sdk',
    needs: ['chat', '@chat-adapter/discord', '@chat-adapter/slack', '@chat-adapter/state-memory'],
    plans: {
      discord: { script: 'bench/stream/discord-chat-sdk.ts' },
      slack: { script: 'bench/stream/slack-chat-sdk.ts' },
    },
  },
  { ...ownPace(`${aeries}-calm`, 'calm'), isListed: true },
  { ...ownPace(`${aeries}-off`, 'off'), isListed: true },
]

/** Aeries at any pace: none may lose a word. */
export function isOwn(contender: string): boolean {
  return contender === aeries || contender.startsWith(`${aeries}-`)
}

/** Throws `ConfigError` with the cure when something is not installed. */
export async function demandInstalled(taking: readonly Contender[]): Promise<void> {
  for (const name of new Set(taking.flatMap(({ needs }) => needs))) await importContender(name)
}

function ownPace(name: string, STREAM: string): Contender {
  const plan = { script: 'src/main.ts', environment: { STREAM, LEARNING: 'off', ...withoutLimits } }
  return { name, needs: [], plans: { discord: plan, slack: plan } }
}

function loop(intervalMs: number): Contender {
  const args = [String(intervalMs)]
  const plans = {
    discord: { script: 'bench/stream/discord-loop.ts', args },
    slack: { script: 'bench/stream/slack-loop.ts', args },
  }
  return { name: `loop-${intervalMs}`, needs: [], plans }
}
