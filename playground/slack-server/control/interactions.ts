import type { Deliveries } from '#playground/slack-server/events/deliveries.ts'
import type { Delivery } from '#playground/slack-server/events/delivery.ts'
import { messagePayload } from '#playground/slack-server/events/message-payload.ts'
import { type Views, viewPayload } from '#playground/slack-server/web-api/views.ts'
import { blockControls } from '#playground/slack-server/world/blocks.ts'
import type { Channel } from '#playground/slack-server/world/channel.ts'
import { isJson, type Json } from '#playground/slack-server/world/json.ts'
import type { Message } from '#playground/slack-server/world/message.ts'
import type { Person } from '#playground/slack-server/world/person.ts'
import type { World } from '#playground/slack-server/world/world.ts'
import type { View } from '#playground/slack-server/world/world-event.ts'
import { findPerson, findPlace } from './names.ts'
import type { ResponseUrls } from './response-urls.ts'
import { resolveTyped } from './typed.ts'

type Parts = Readonly<{ world: World; deliveries: Deliveries; views: Views; responseUrls: ResponseUrls }>

/** What people set off and the app has to answer within three seconds: commands, clicks, shortcuts, forms. */
export class Interactions {
  readonly #world: World
  readonly #deliveries: Deliveries
  readonly #views: Views
  readonly #responseUrls: ResponseUrls

  constructor({ world, deliveries, views, responseUrls }: Parts) {
    this.#world = world
    this.#deliveries = deliveries
    this.#views = views
    this.#responseUrls = responseUrls
  }

  /**
   * Types a slash command at the top level of a place; Slack takes none in threads. Its words are told as the manifest wants them: escaped, mentions
   * with the account's name. Gives back what became of it.
   */
  async command(person: string, place: string, command: string, text = ''): Promise<Delivery> {
    const { who, channel, teamId } = this.#at(person, place)
    const team = this.#world.teams.get(teamId)
    const where = { channelId: channel.id, personId: who.id, message: undefined }
    const payload = {
      token: this.#world.app.verificationToken,
      team_id: teamId,
      team_domain: team?.domain,
      channel_id: channel.id,
      channel_name: channel.kind === 'im' ? 'directmessage' : channel.name,
      user_id: who.id,
      user_name: who.name,
      command,
      text: escapedNames(resolveTyped(this.#world, channel, text), this.#world),
      api_app_id: this.#world.app.id,
      is_enterprise_install: 'false',
      response_url: this.#responseUrls.issue(where),
      trigger_id: this.#views.issueTrigger(who.id, teamId),
    }
    const told = await this.#deliveries.tell({ kind: 'slash_commands', name: command, teamId, payload })
    if (told.answer?.['text'] !== undefined || told.answer?.['blocks'] !== undefined) {
      this.#responseUrls.say(where, told.answer)
    }
    return told
  }

  /** Presses a button of a message, found by its action id, its value or its label; feedback buttons, too. */
  async click(person: string, place: string, ts: string, button: string): Promise<Delivery> {
    const { who, channel, teamId } = this.#at(person, place)
    const message = this.#world.messages.find(channel.id, ts)
    const seen = message && (message.ephemeralFor === undefined || message.ephemeralFor === who.id)
    if (!message || !seen || message.deletedAt !== undefined) throw new Error(`There is no message "${ts}"`)
    const container = {
      type: 'message',
      message_ts: ts,
      channel_id: channel.id,
      is_ephemeral: message.ephemeralFor !== undefined,
      ...(message.threadTs !== undefined && { thread_ts: message.threadTs }),
    }
    return await this.#tell(who, teamId, 'block_actions', {
      container,
      ...this.#place(channel, message),
      response_url: this.#responseUrls.issue({ channelId: channel.id, personId: who.id, message }),
      state: { values: {} },
      actions: [this.#pressed(message.blocks, button)],
    })
  }

  /** Presses a button on the app's home tab, or in the form that is open. */
  async clickInView(person: string, button: string): Promise<Delivery> {
    const who = findPerson(this.#world, person)
    const view = this.#views.modals(who.id).at(-1) ?? this.#views.home(who.id)
    if (!view) throw new Error(`${who.displayName} sees no view of the app`)
    const { blocks } = view.view
    const actions = [this.#pressed(Array.isArray(blocks) ? blocks.filter(isJson) : [], button)]
    const shown = { container: { type: 'view', view_id: view.id }, view: viewPayload(this.#world, view) }
    return await this.#tell(who, view.teamId, 'block_actions', { ...shown, actions })
  }

  /** Sends the form that is open; `values` is by block id and action id, as Slack nests it. */
  async submit(person: string, values: Json = {}): Promise<Delivery> {
    const { who, view } = this.#form(person)
    const payload = { ...viewPayload(this.#world, view), state: { values } }
    const told = await this.#tell(who, view.teamId, 'view_submission', { view: payload, response_urls: [] })
    const stays = told.answer?.['response_action'] === 'errors' || told.state === 'failed'
    if (!stays) this.#views.close(view.id)
    return told
  }

  /** Picks a shortcut from the menu of a message ("Ask Aeries about this"). */
  async shortcut(person: string, place: string, ts: string, callbackId: string): Promise<Delivery> {
    const { who, channel, teamId } = this.#at(person, place)
    const message = this.#world.messages.find(channel.id, ts)
    if (!message) throw new Error(`There is no message "${ts}"`)
    return await this.#tell(who, teamId, 'message_action', {
      callback_id: callbackId,
      action_ts: this.#world.ids.ts(),
      message_ts: ts,
      ...this.#place(channel, message),
      response_url: this.#responseUrls.issue({ channelId: channel.id, personId: who.id, message: undefined }),
    })
  }

  async #tell(who: Person, teamId: string, type: string, rest: Json): Promise<Delivery> {
    const team = this.#world.teams.get(teamId)
    const payload = {
      type,
      token: this.#world.app.verificationToken,
      api_app_id: this.#world.app.id,
      team: { id: teamId, domain: team?.domain },
      user: { id: who.id, username: who.name, name: who.name, team_id: who.teamId },
      enterprise: null,
      is_enterprise_install: false,
      trigger_id: this.#views.issueTrigger(who.id, teamId),
      ...rest,
    }
    return await this.#deliveries.tell({ kind: 'interactive', name: type, teamId, payload })
  }

  #pressed(blocks: readonly Json[], button: string): Json {
    for (const { block, element, index } of blockControls(blocks)) {
      const pressed = pressedElement(element, button)
      const blockId = block['block_id'] ?? `block-${index}`
      if (pressed) return { ...pressed, block_id: blockId, action_ts: this.#world.ids.ts() }
    }
    throw new Error(`There is no button "${button}" to press`)
  }

  #place(channel: Channel, message: Message): Json {
    const name = channel.kind === 'im' ? 'directmessage' : channel.name
    return { channel: { id: channel.id, name }, message: messagePayload(this.#world, message) }
  }

  #at(person: string, place: string): Readonly<{ who: Person; channel: Channel; teamId: string }> {
    const who = findPerson(this.#world, person)
    const channel = findPlace(this.#world, place, who)
    // A command reaches the app though it is no member of the channel: then by the person's own workspace.
    return { who, channel, teamId: this.#world.listener(channel) ?? who.teamId }
  }

  #form(person: string): Readonly<{ who: Person; view: View }> {
    const who = findPerson(this.#world, person)
    const view = this.#views.modals(who.id).at(-1)
    if (!view) throw new Error(`${who.displayName} has no form open`)
    return { who, view }
  }
}

/** What a press on this element tells the app, if the element is the one that was meant. */
function pressedElement(element: Json, button: string): Json | undefined {
  const { type, action_id: actionId, value, text, options } = element
  const bare = { type, action_id: actionId }
  if (type === 'feedback_buttons') {
    const pair = [element['positive_button'], element['negative_button']].filter(isJson)
    const side = pair.find(one => one['value'] === button || labelOf(one['text']) === button)
    return side && { ...bare, value: side['value'] }
  }
  if (Array.isArray(options)) {
    const option = options.filter(isJson).find(one => one['value'] === button || labelOf(one['text']) === button)
    return option && { ...bare, selected_option: option }
  }
  if (actionId !== button && value !== button && labelOf(text) !== button) return undefined
  return { ...bare, ...(value !== undefined && { value }), ...(text !== undefined && { text }) }
}

function labelOf(text: unknown): unknown {
  return isJson(text) ? text['text'] : text
}

function escapedNames(text: string, world: World): string {
  return text.replace(/<@(\w+)>/g, (whole, id) => {
    const name = world.people.get(id)?.name
    return name === undefined ? whole : `<@${id}|${name}>`
  })
}
