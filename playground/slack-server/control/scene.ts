import type { AgentView } from '#playground/slack-server/world/agent-view.ts'
import type { Channel } from '#playground/slack-server/world/channel.ts'
import { install, revoke, setScopes, uninstall } from '#playground/slack-server/world/installations.ts'
import type { Json } from '#playground/slack-server/world/json.ts'
import { makeChannel, makePerson, makeTeam } from '#playground/slack-server/world/make.ts'
import { join, leave, setArchived, share, unshare } from '#playground/slack-server/world/membership.ts'
import type { Message } from '#playground/slack-server/world/message.ts'
import type { Person } from '#playground/slack-server/world/person.ts'
import type { Team, UserGroup } from '#playground/slack-server/world/team.ts'
import type { World } from '#playground/slack-server/world/world.ts'
import type { Session } from '#playground/slack-server/world/world-event.ts'
import { findPerson, findPlace, findTeam } from './names.ts'

type TeamPlan = Readonly<{
  name: string
  installed?: boolean | undefined
  scopes?: readonly string[] | undefined
}>
type PersonPlan = Readonly<{
  name: string
  team?: string | undefined
  displayName?: string | undefined
  admin?: boolean | undefined
  active?: boolean | undefined
  bot?: boolean | undefined
}>
type ChannelPlan = Readonly<{
  name: string
  team?: string | undefined
  isPrivate?: boolean | undefined
  /** People by name; `bot` is the app. */
  members: readonly string[]
  /** Other workspaces that it is shared with. */
  sharedWith?: readonly string[] | undefined
}>
type Snapshot = Readonly<{
  app: World['app']
  teams: readonly Team[]
  people: readonly Person[]
  channels: readonly Channel[]
  sessions: readonly Session[]
  statuses: Json
  prompts: Json
}>

/** Who there is and where they talk: workspaces, people, channels, and the app's place among them. */
export class Scene {
  readonly #world: World
  readonly #agentView: AgentView

  constructor(world: World, agentView: AgentView) {
    this.#world = world
    this.#agentView = agentView
  }

  /** Makes a workspace, with the app and an admin in it unless told otherwise. */
  createTeam({ name, installed, scopes }: TeamPlan): Team {
    return makeTeam(this.#world, { name, installed: installed ?? true, ...(scopes && { scopes }) })
  }

  createPerson({ team: teamRef, name, displayName, ...rest }: PersonPlan): Person {
    const team = findTeam(this.#world, teamRef)
    const taken = [...this.#world.people.values()].some(one => one.teamId === team.id && one.name === name)
    if (taken) throw new Error(`"${name}" is taken in ${team.name}`)
    const { admin = false, active = true, bot = false } = rest
    return makePerson(this.#world, team.id, {
      name,
      admin,
      active,
      bot,
      ...(displayName !== undefined && { displayName }),
    })
  }

  createChannel({ name, team: teamRef, isPrivate = false, members, sharedWith = [] }: ChannelPlan): Channel {
    const team = findTeam(this.#world, teamRef)
    return makeChannel(this.#world, team.id, {
      name,
      kind: isPrivate ? 'private' : 'public',
      memberIds: members.map(one => findPerson(this.#world, one, team.id).id),
      sharedWith: sharedWith.map(one => findTeam(this.#world, one).id),
    })
  }

  createGroup(handle: string, members: readonly string[], teamRef?: string): UserGroup {
    const team = findTeam(this.#world, teamRef)
    const memberIds = members.map(one => findPerson(this.#world, one, team.id).id)
    const group = { id: this.#world.ids.next('S'), handle, memberIds }
    this.#world.putTeam({ ...team, userGroups: [...team.userGroups, group] })
    return group
  }

  /** Opens the direct conversation of these people with the app. */
  openDm(...people: readonly string[]): Channel {
    return findPlace(this.#world, `dm:${people.join()}`)
  }

  /** Brings a person, or the app as `bot`, into a channel. */
  invite(place: string, person: string, by?: string): Channel {
    const { channel, personId } = this.#inChannel(place, person)
    return join(this.#world, channel, personId, by === undefined ? undefined : findPerson(this.#world, by).id)
  }

  /** A person, or the app as `bot`, leaves a channel, or is taken out of it. */
  remove(place: string, person: string, by?: string): Channel {
    const { channel, personId } = this.#inChannel(place, person)
    return leave(this.#world, channel, personId, by === undefined ? undefined : findPerson(this.#world, by).id)
  }

  setArchived(place: string, archived: boolean, by?: string): Channel {
    const byId = by === undefined ? undefined : findPerson(this.#world, by).id
    return setArchived(this.#world, findPlace(this.#world, place), archived, byId)
  }

  /** Deletes a channel with everything in it. */
  deleteChannel(place: string): void {
    const channel = findPlace(this.#world, place)
    this.#world.emit({ type: 'channel', change: 'deleted', channel, byId: undefined })
    this.#world.channels.delete(channel.id)
  }

  share(place: string, team: string): Channel {
    return share(this.#world, findPlace(this.#world, place), findTeam(this.#world, team).id)
  }

  unshare(place: string, team: string): Channel {
    return unshare(this.#world, findPlace(this.#world, place), findTeam(this.#world, team).id)
  }

  /** Closes or opens a person's Messages tab; closed, the app's writing ends in messages_tab_disabled. */
  setMessagesTab(person: string, open: boolean): Channel {
    const channel = findPlace(this.#world, 'dm', findPerson(this.#world, person))
    return this.#world.putChannel({ ...channel, messagesTab: open })
  }

  /** Present or away: `<!here>` rings only for those who are present. */
  setActive(person: string, active: boolean): Person {
    return this.#world.putPerson({ ...findPerson(this.#world, person), active })
  }

  /** Installs the app (again): a new token, told as OAuth would. */
  install(teamRef: string, by?: string): Team {
    const team = findTeam(this.#world, teamRef)
    const installedBy = by === undefined ? '' : findPerson(this.#world, by, team.id).id
    return install(this.#world, team, { installedBy })
  }

  uninstall(teamRef: string): void {
    uninstall(this.#world, findTeam(this.#world, teamRef))
  }

  /** Takes the token back while the app stays. */
  revoke(teamRef: string): void {
    revoke(this.#world, findTeam(this.#world, teamRef))
  }

  setScopes(teamRef: string, scopes: readonly string[]): void {
    setScopes(this.#world, findTeam(this.#world, teamRef), scopes)
  }

  /** Everything there is but words: for a page that shows it. */
  snapshot(): Snapshot {
    const { app, teams, people, channels } = this.#world
    return {
      app,
      teams: [...teams.values()],
      people: [...people.values()],
      channels: [...channels.values()],
      sessions: [...this.#agentView.sessions.values()],
      statuses: Object.fromEntries(this.#agentView.statuses),
      prompts: Object.fromEntries(this.#agentView.prompts),
    }
  }

  /** Every message that ever was, deleted and private ones too, each with its film strip: for a checker. */
  record(): readonly Message[] {
    return this.#world.messages.all()
  }

  #inChannel(place: string, person: string): Readonly<{ channel: Channel; personId: string }> {
    const channel = findPlace(this.#world, place)
    return { channel, personId: findPerson(this.#world, person, channel.teamId).id }
  }
}
