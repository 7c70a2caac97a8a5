import type { MessageCommand } from '#src/core/command.ts'
import { commandSpecs } from '#src/engine/commands/registry.ts'
import type { JourneyWorld } from '#test/journey/journey-platform.ts'
import type { Scene } from '#test/journey/open-scene.ts'

export type Spot = 'dm' | 'channel'

/** What one person alone was told. */
export type Told = Readonly<{ text: string; buttons: readonly string[]; press(label: string): Promise<void> }>

/** What people do with commands on one platform, by its own means. */
export interface Desk {
  readonly name: string
  open(): Promise<Scene<JourneyWorld>>
  /** Brings in somebody who runs the place, as the platform has it. */
  admin(scene: Scene<JourneyWorld>): Promise<string>
  /** How that person, or the channel, is meant in a command there. */
  mention(scene: Scene<JourneyWorld>, whom: string): string
  /** Gives `/aeries VERB words` as the platform has it. */
  give(scene: Scene<JourneyWorld>, person: string, spot: Spot, verb: string, words?: string): Promise<void>
  /** All that a person alone was told there, oldest first; what is still on its way is not in it. */
  told(scene: Scene<JourneyWorld>, person: string, spot: Spot): readonly Told[]
  /** The files in a person's DM. */
  files(scene: Scene<JourneyWorld>, person: string): readonly string[]
  /** Picks a command from the menu of a message in the channel, and sends its form, if it has one. */
  pick(
    scene: Scene<JourneyWorld>,
    person: string,
    message: string,
    command: MessageCommand,
    words?: string,
  ): Promise<void>
}

/** The options of a verb, with the words in their order; the last one takes what is left. */
export function optionsOf(verb: string, words = ''): Readonly<Record<string, string>> {
  const names = commandSpecs.find(spec => spec.verb === verb)?.options.map(({ name }) => name) ?? []
  const given = words.split(' ').filter(word => word !== '')
  return Object.fromEntries(
    names.flatMap((name, at) => {
      const value = at === names.length - 1 ? given.slice(at).join(' ') : given[at]
      return value ? [[name, value]] : []
    }),
  )
}
