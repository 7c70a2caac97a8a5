import type { Access } from '#src/engine/access/access.ts'
import type { AnswerParts } from '#src/engine/answer-parts.ts'
import type { Lanes } from '#src/engine/lanes.ts'
import type { Platform } from '#src/engine/platform.ts'
import type { ReactionTable } from '#src/engine/reactions/meaning-of.ts'
import type { CommandParts } from './command-parts.ts'
import type { HouseFacts } from './house-facts.ts'
import type { IncognitoSweep } from './incognito-sweep.ts'
import { commands } from './registry.ts'

export type CommanderParts = AnswerParts &
  Readonly<{
    lanes: Lanes
    platforms: readonly Platform[]
    access: Access
    reactions: ReactionTable
    house?: HouseFacts | undefined
    sweep: IncognitoSweep
  }>

const linkWithinMs = 1_500

/** What commands work with, out of what the house has. */
export function commandPartsOf({
  store,
  access,
  learning,
  clock,
  timeZone,
  reactions,
  house,
  lanes,
  platforms,
  model,
  sweep,
  persona,
  personas,
}: CommanderParts): CommandParts {
  return {
    access,
    personas: { at: persona, all: personas ?? (() => []) },
    store,
    learning,
    clock,
    timeZone,
    commands,
    reactions,
    house: house ?? {
      version: 'of nobody knows',
      model: 'a model',
      modelAt: ['a machine of its operator'],
      startedAt: clock.now(),
      isModelThere: signal => model.available(signal).then(isSo, isNot),
      keepsDays: () => 0,
    },
    answers: {
      stop: (at, saidAt) => lanes.stopBelow(at, saidAt),
      stopAll: person => lanes.leave(person.id),
      count: () => lanes.count,
    },
    watchIncognito: () => sweep.watch(),
    link: async message => {
      const platform = platforms.find(one => message.startsWith(`${one.platform}:`))
      return await platform?.link?.(message, AbortSignal.timeout(linkWithinMs)).catch(() => undefined)
    },
  }
}

const isSo = () => true
const isNot = () => false
