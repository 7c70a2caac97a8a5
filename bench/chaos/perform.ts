import { setTimeout as sleep } from 'node:timers/promises'
import type { Stage } from './cast.ts'
import type { Crowd } from './crowd.ts'
import type { Plan } from './plan.ts'
import { beginWeather } from './weather.ts'

type Act = Readonly<{ at: number; act: () => void }>

/** What was going on in the weather, for the stories. */
export type Skyline = Readonly<{ kind: string; from: number; to: number }>

/** Does everything in the plan at its time but the killing. `onAct` hears how much of it is done, 0 to 1. */
export async function perform(
  plan: Plan,
  parts: Readonly<{ stage: Stage; crowd: Crowd; skyline: Skyline[] }>,
  onAct: (done: number) => void,
  signal: AbortSignal,
): Promise<void> {
  const { stage, crowd, skyline } = parts
  const ends = new Set<() => void>()
  const acts: Act[] = [
    ...plan.messages.map(message => ({ at: message.at, act: () => crowd.say(message) })),
    ...plan.touches.map(touch => ({ at: Math.min(touch.at, plan.ms), act: () => crowd.touch(touch) })),
    ...plan.removals.map(({ at, place }) => ({ at, act: () => crowd.removePlace(place) })),
    ...plan.weather.flatMap(({ at, kind, forMs }): Act[] => {
      let end: (() => void) | undefined
      const begin = () => {
        skyline.push({ kind, from: Date.now(), to: Date.now() + forMs })
        end = beginWeather(kind, stage)
        if (end) ends.add(end)
      }
      const finish = () => {
        end?.()
        if (end) ends.delete(end)
      }
      return [
        { at, act: begin },
        { at: Math.min(at + forMs, plan.ms), act: finish },
      ]
    }),
  ].toSorted((a, b) => a.at - b.at)
  const begun = performance.now()
  try {
    for (const [i, { at, act }] of acts.entries()) {
      const wait = begun + at - performance.now()
      if (wait > 0) await sleep(wait, undefined, { signal })
      act()
      onAct((i + 1) / acts.length)
    }
  } finally {
    for (const end of ends) end()
  }
}
