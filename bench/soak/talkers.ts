import type { DiscordServer } from '#playground/discord-server/discord-server.ts'
import type { SlackServer } from '#playground/slack-server/slack-server.ts'

/** People who ask one thing after the other, each as soon as the answer is whole. */
export interface Talkers {
  /** Asks and waits for the whole answer. Rejects with the signal's reason. */
  ask(who: number, question: string, signal: AbortSignal): Promise<void>
}

/** The last words of every answer. */
export const lastWords = 'and that is all there is to say.'

/** Each in a DM of their own. */
export function discordTalkers(discord: DiscordServer, count: number): Talkers {
  const people = Array.from({ length: count }, (_, i) => discord.scene.createPerson({ name: `person${i}` }).id)
  const channels = people.map(person => discord.places.openDm(person).id)
  return {
    async ask(who, question, signal) {
      const [person = '', channel = ''] = [people[who], channels[who]]
      const answered = discord.events.next(event => {
        if (event.type !== 'message' && event.type !== 'edited') return undefined
        const { authorId, channelId, content } = event.message
        return (authorId === discord.botId && channelId === channel && content.includes(lastWords)) || undefined
      }, signal)
      discord.people.say(person, channel, question)
      await answered
    },
  }
}

/**
 * Each in a channel of their own, where every mention opens a thread: as many conversations as questions. In one
 * channel they would
 * wait for each other, since Slack takes one new message a second there.
 */
export function slackTalkers(slack: SlackServer, team: string, count: number): Talkers {
  const people = Array.from({ length: count }, (_, i) => slack.scene.createPerson({ name: `person${i}`, team }).id)
  const channels = people.map(
    (person, i) => slack.scene.createChannel({ name: `harbour-${i}`, team, members: [person, 'bot'] }).id,
  )
  return {
    async ask(who, question, signal) {
      let root: string | undefined
      const answered = slack.events.next(event => {
        if (event.type !== 'message' && event.type !== 'changed') return undefined
        const { message } = event
        const isDone = message.versions.at(-1)?.shown.includes(lastWords) === true
        return (root !== undefined && message.threadTs === root && isDone) || undefined
      }, signal)
      root = slack.people.say(people[who] ?? '', channels[who] ?? '', `@Aeries ${question}`).ts
      await answered
    },
  }
}
