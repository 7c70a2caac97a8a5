import { expect } from 'vitest'
import type { DiscordServer } from '#playground/discord-server/discord-server.ts'
import { type Message, messageFlag } from '#playground/discord-server/world/message.ts'
import { messageCommands } from '#src/core/command.ts'
import { discordPlatform } from '#test/journey/discord-platform.ts'
import type { JourneyWorld } from '#test/journey/journey-platform.ts'
import { openScene, type Scene } from '#test/journey/open-scene.ts'
import { type Desk, optionsOf } from './desk.ts'

export const discordDesk: Desk = {
  name: 'Discord',
  open: () => openScene(discordPlatform as typeof discordPlatform & { open(): Promise<JourneyWorld> }),
  async admin(scene) {
    const { scene: place } = serverOf(scene)
    await scene.world.meet(['Skipper'], 'usual')
    place.createRole({ name: 'skippers', permissions: ['manageGuild'] })
    place.setRoles('skipper', ['skippers'])
    return 'skipper'
  },
  mention(scene, whom) {
    const all = [...serverOf(scene).world.people.values()]
    return `<@${all.find(({ displayName }) => displayName.toLowerCase() === whom)?.id}>`
  },
  async give(scene, person, spot, verb, words) {
    const { people, world } = serverOf(scene)
    await expect.poll(() => world.application.commands.length).toBe(3)
    people.command(person, placeOf(spot, person), `/aeries ${verb}`, optionsOf(verb, words))
  },
  told(scene, person, spot) {
    const { people } = serverOf(scene)
    const own = people.messages(placeOf(spot, person), person).filter(({ ephemeralFor }) => ephemeralFor !== undefined)
    const whole = own.filter(({ flags }) => (flags & messageFlag.loading) === 0)
    return whole.map(message => ({
      text: message.content,
      buttons: labelsOf(message),
      press: async label => void people.click(person, message.id, label),
    }))
  },
  files(scene, person) {
    const { people, world } = serverOf(scene)
    const all = people.messages(`dm:${person}`, person).flatMap(({ attachments }) => attachments)
    return all.map(({ id }) => new TextDecoder().decode(world.files.get(id)?.bytes))
  },
  async pick(scene, person, message, command, words = '') {
    const { people, world } = serverOf(scene)
    await expect.poll(() => world.application.commands.length).toBe(3)
    const { id } = people.pick(person, message, messageCommands[command])
    if (command !== 'ask') return
    await expect.poll(() => people.interaction(id).shown).toBeDefined()
    people.submit(id, { question: words })
  },
}

function serverOf(scene: Scene<JourneyWorld>): DiscordServer {
  return (scene.world as JourneyWorld & { server: DiscordServer }).server
}

function labelsOf({ components }: Message): readonly string[] {
  return components.flatMap(row => (row['components'] as readonly { label: string }[]).map(({ label }) => label))
}

function placeOf(spot: string, person: string): string {
  return spot === 'dm' ? `dm:${person}` : '#general'
}
