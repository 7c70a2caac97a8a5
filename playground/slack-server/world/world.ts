import type { App } from './app.ts'
import { type Channel, isExternal } from './channel.ts'
import type { Mention } from './mentions.ts'
import type { File, Message, Ping } from './message.ts'
import { MessageStore } from './message-store.ts'
import type { Person } from './person.ts'
import type { Rules } from './rules.ts'
import { SlackIds } from './slack-ids.ts'
import type { Installation, Team, TokenState } from './team.ts'
import type { WorldEvent } from './world-event.ts'

export type Token = Readonly<{ teamId: string; state: TokenState; scopes: readonly string[] }>

/** Workspaces, people, channels, messages, tokens: what stands in this Slack. What changes it says so by one event. */
export class World {
  readonly teams = new Map<string, Team>()
  readonly people = new Map<string, Person>()
  readonly channels = new Map<string, Channel>()
  readonly files = new Map<string, File>()
  readonly messages = new MessageStore()
  /** Every bot token ever given out. */
  readonly tokens = new Map<string, Token>()
  readonly ids: SlackIds
  readonly app: App
  readonly rules: Rules
  readonly now: () => number
  /** Where uploaded files and response addresses are served; known once the server listens. */
  origin = ''
  readonly #listeners = new Set<(event: WorldEvent) => void>()

  constructor(app: App, rules: Rules, now: () => number) {
    this.app = app
    this.rules = rules
    this.now = now
    this.ids = new SlackIds(now)
  }

  onEvent(listener: (event: WorldEvent) => void): void {
    this.#listeners.add(listener)
  }

  emit(event: WorldEvent): void {
    for (const listener of this.#listeners) listener(event)
  }

  putMessage(message: Message): Message {
    return this.messages.put(message)
  }

  putTeam(team: Team): Team {
    this.teams.set(team.id, team)
    return team
  }

  putPerson(person: Person): Person {
    this.people.set(person.id, person)
    return person
  }

  putChannel(channel: Channel): Channel {
    this.channels.set(channel.id, channel)
    return channel
  }

  /** The app's installation in a workspace while its token is good. */
  installation(teamId: string): Installation | undefined {
    const installation = this.teams.get(teamId)?.installation
    return installation && this.tokens.get(installation.token)?.state === 'good' ? installation : undefined
  }

  /** The workspace by which the app hears of a channel: Slack sends an event once, though several could get it. */
  listener(channel: Channel): string | undefined {
    const shared = [channel.teamId, ...channel.teamIds.filter(id => id !== channel.teamId)]
    return shared.find(id => {
      const installation = this.installation(id)
      return installation !== undefined && channel.memberIds.includes(installation.botUserId)
    })
  }

  isBotUser(personId: string): boolean {
    return [...this.teams.values()].some(team => team.installation?.botUserId === personId)
  }

  /** The direct conversation of exactly these people. */
  direct(memberIds: readonly string[]): Channel | undefined {
    const wanted = [...memberIds].sort().join()
    return [...this.channels.values()].find(
      one => (one.kind === 'im' || one.kind === 'mpim') && [...one.memberIds].sort().join() === wanted,
    )
  }

  /** Whose phones a mention in a channel reaches. */
  ring(mention: Mention, channel: Channel): Ping {
    const people = (ids: readonly string[]) => ids.filter(id => this.people.get(id)?.bot === false)
    const active = (ids: readonly string[]) => people(ids).filter(id => this.people.get(id)?.active)
    switch (mention.kind) {
      case 'person':
        return { ...mention, personIds: people(this.#named(mention.id ?? '', channel)) }
      case 'group':
        return { ...mention, personIds: people(this.#group(mention.id ?? '', channel)) }
      case 'here':
        return { ...mention, personIds: active(channel.memberIds) }
      case 'channel':
        return { ...mention, personIds: people(channel.memberIds) }
      case 'everyone':
        return { ...mention, personIds: people(this.#everyone(channel)) }
      default:
        return mention.kind satisfies never
    }
  }

  /** The person with this id, or this handle among those who share the channel's workspaces. */
  #named(idOrName: string, channel: Channel): readonly string[] {
    if (this.people.has(idOrName)) return [idOrName]
    return this.#everyone(channel).filter(id => this.people.get(id)?.name === idOrName)
  }

  #group(id: string, channel: Channel): readonly string[] {
    return channel.teamIds
      .flatMap(teamId => this.teams.get(teamId)?.userGroups ?? [])
      .filter(group => group.id === id || group.handle === id)
      .flatMap(group => group.memberIds)
  }

  #everyone(channel: Channel): readonly string[] {
    const outsiders = isExternal(channel) ? channel.memberIds : []
    const insiders = [...this.people.values()].filter(one => one.teamId === channel.teamId).map(one => one.id)
    return [...new Set([...insiders, ...outsiders])]
  }
}
