import { randomBytes } from 'node:crypto'
import type { Json } from '#playground/slack-server/world/json.ts'
import { Refusal } from '#playground/slack-server/world/refusal.ts'
import type { World } from '#playground/slack-server/world/world.ts'
import type { View } from '#playground/slack-server/world/world-event.ts'

type Trigger = Readonly<{ personId: string; teamId: string; at: number }>

const viewBytesLimit = 250_000

/** Home tabs and modals, and the short-lived triggers by which a click lets the app open one. */
export class Views {
  readonly #world: World
  readonly #views = new Map<string, View>()
  readonly #triggers = new Map<string, Trigger>()

  constructor(world: World) {
    this.#world = world
  }

  issueTrigger(personId: string, teamId: string): string {
    const id = `${this.#world.now()}.${randomBytes(8).toString('hex')}`
    this.#triggers.set(id, { personId, teamId, at: this.#world.now() })
    return id
  }

  /** Puts a person's home tab up; an older `hash` than the one that stands is refused. */
  publish(teamId: string, personId: string, view: Json, hash: string | undefined): View {
    const standing = this.home(personId)
    if (standing && hash !== undefined && hash !== standing.hash) throw new Refusal('hash_conflict')
    return this.#put({
      id: standing?.id ?? this.#world.ids.next('V'),
      teamId,
      personId,
      type: 'home',
      view,
      open: true,
    })
  }

  open(teamId: string, triggerId: string, view: Json): View {
    const trigger = this.#triggers.get(triggerId)
    if (!trigger || trigger.teamId !== teamId) throw new Refusal('invalid_trigger_id')
    this.#triggers.delete(triggerId)
    if (this.#world.now() - trigger.at > this.#world.rules.triggerMs) throw new Refusal('expired_trigger_id')
    const { personId } = trigger
    return this.#put({ id: this.#world.ids.next('V'), teamId, personId, type: 'modal', view, open: true })
  }

  update(teamId: string, id: string, view: Json): View {
    const standing = this.#views.get(id)
    if (standing?.teamId !== teamId) throw new Refusal('not_found')
    return this.#put({ ...standing, view })
  }

  close(id: string): View | undefined {
    const standing = this.#views.get(id)
    return standing && this.#put({ ...standing, open: false })
  }

  find(id: string): View | undefined {
    return this.#views.get(id)
  }

  home(personId: string): View | undefined {
    return [...this.#views.values()].find(one => one.type === 'home' && one.personId === personId)
  }

  /** The modals that a person has open. */
  modals(personId: string): readonly View[] {
    return [...this.#views.values()].filter(one => one.type === 'modal' && one.open && one.personId === personId)
  }

  #put(view: Omit<View, 'hash'>): View {
    if (JSON.stringify(view.view).length > viewBytesLimit) throw new Refusal('view_too_large')
    const made = { ...view, hash: `${this.#world.now()}.${randomBytes(4).toString('hex')}` }
    this.#views.set(made.id, made)
    this.#world.emit({ type: 'view', view: made })
    return made
  }
}

/** A view as Slack writes it. */
export function viewPayload(world: World, { id, teamId, type, view, hash }: View): Json {
  const installation = world.teams.get(teamId)?.installation
  const rest = { state: { values: {} }, app_id: world.app.id, bot_id: installation?.botId }
  return { callback_id: '', private_metadata: '', ...view, id, team_id: teamId, type, hash, root_view_id: id, ...rest }
}
