import { describe } from 'vitest'
import { callsNobody } from './contract/calls-nobody.ts'
import { controls } from './contract/controls.ts'
import { crowds } from './contract/crowds.ts'
import { longAnswers } from './contract/long-answers.ts'
import { memory } from './contract/memory.ts'
import { restingModel } from './contract/resting-model.ts'
import { talks } from './contract/talks.ts'
import type { JourneyPlatform } from './journey-platform.ts'
import { openScene } from './open-scene.ts'

/**
 * All that people live through with Aeries, on any platform: through its real client, over sockets, with a model and a
 * database. What only one platform has stands beside it, in a file of that platform.
 */
export function describeJourney(platform: JourneyPlatform): void {
  const open = (limits?: 'wide' | 'own') => openScene(platform, limits)
  describe(`Aeries in ${platform.name}`, () => {
    // These three wait more than they work, so they wait together.
    memory(open)
    talks(platform, open)
    restingModel(open)
    controls(open)
    longAnswers(platform, open)
    crowds(platform, open)
    callsNobody(open)
  })
}
