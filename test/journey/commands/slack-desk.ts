import type { SlackServer } from '#playground/slack-server/slack-server.ts'
import { blockControls } from '#playground/slack-server/world/blocks.ts'
import type { Message } from '#playground/slack-server/world/message.ts'
import type { JourneyWorld } from '#test/journey/journey-platform.ts'
import { openScene, type Scene } from '#test/journey/open-scene.ts'
import { slackPlatform } from '#test/journey/slack-platform.ts'
import type { Desk } from './desk.ts'

export const slackDesk: Desk = {
  name: 'Slack',
  open: () => openScene(slackPlatform as typeof slackPlatform & { open(): Promise<JourneyWorld> }),
  admin: scene => scene.world.moderator(),
  mention: (_, whom) => `@${whom}`,
  async give(scene, person, spot, verb, words = '') {
    await serverOf(scene).interactions.command(person, placeOf(spot, person), '/aeries', `${verb} ${words}`)
  },
  told(scene, person, spot) {
    const { people, interactions } = serverOf(scene)
    const place = placeOf(spot, person)
    const own = people.messages(place, person).filter(({ ephemeralFor }) => ephemeralFor !== undefined)
    return own.map(message => ({
      text: message.versions.at(-1)?.shown ?? '',
      buttons: labelsOf(message),
      press: async label => void (await interactions.click(person, place, message.ts, label)),
    }))
  },
  files(scene, person) {
    const all = serverOf(scene).people.messages(`dm:${person}`, person)
    return all.flatMap(({ files }) => files.map(({ content }) => String(content)))
  },
  async pick(scene, person, message, command, words = '') {
    const { interactions, events } = serverOf(scene)
    const { promise, resolve } = Promise.withResolvers<void>()
    const stop = events.on(event => {
      if (event.type === 'view') resolve()
    })
    await interactions.shortcut(person, '#general', message, command)
    if (command === 'ask') {
      await promise
      await interactions.submit(person, words === '' ? {} : { question: { question: { value: words } } })
    }
    stop()
  },
}

function serverOf(scene: Scene<JourneyWorld>): SlackServer {
  return (scene.world as JourneyWorld & { server: SlackServer }).server
}

function labelsOf({ blocks }: Message): readonly string[] {
  return [...blockControls(blocks)].flatMap(({ element }) => {
    const { text } = element as { text?: { text?: string } }
    return text?.text === undefined ? [] : [text.text]
  })
}

function placeOf(spot: string, person: string): string {
  return spot === 'dm' ? `dm:${person}` : '#general'
}
