import type { ChildPlan } from '#bench/frame/child.ts'
import { importContender } from '#bench/frame/import-contender.ts'

/** Who takes part in a bench of streams. Each runs as a process of its own against servers of its own. */
export type Contender = Readonly<{
  name: string
  /** Packages that are installed by hand. */
  needs: readonly string[]
  plan: ChildPlan
}>

const loop = (intervalMs: number): Contender => ({
  name: `loop-${intervalMs}`,
  needs: [],
  plan: { script: 'bench/stream/plain-loop.ts', args: [String(intervalMs)] },
})

export const contenders: readonly Contender[] = [
  { name: 'aeries', needs: [], plan: { script: 'src/main.ts' } },
  loop(500),
  loop(1_000),
  loop(1_200),
  {
    name: 'chat-sdk',
    needs: ['chat', '@chat-adapter/discord', '@chat-adapter/state-memory'],
    plan: { script: 'bench/stream/chat-sdk.ts' },
  },
]

/** Throws `ConfigError` with the cure when something is not installed. */
export async function demandInstalled(taking: readonly Contender[]): Promise<void> {
  for (const name of new Set(taking.flatMap(({ needs }) => needs))) await importContender(name)
}
