import type { AccessSettings, Limits } from '#src/core/access.ts'
import type { Clock } from '#src/core/clock.ts'
import type { MessageEvent } from '#src/core/event.ts'
import type { Person } from '#src/core/person.ts'
import { isShared, type Place } from '#src/core/place.ts'
import { scopeOfPlace } from '#src/core/preferences.ts'
import type { Store } from '#src/core/store.ts'
import { workspaceOf } from '#src/core/workspace.ts'
import { type Decision, decide, noStrain, overLimit, type Strain } from './decide.ts'
import { isAdmin } from './is-admin.ts'
import { judge } from './judge.ts'
import { refusalWords } from './refusal-words.ts'

const minuteMs = 60_000
const dayMs = 24 * 60 * minuteMs
/** Who goes on asking reads a refusal once in that time. */
const tellAgainMs = 10 * minuteMs

/** Under that name stands whether Aeries reads along in a place. */
export const listeningPreference = 'listening'

/** Somebody wants something of the model: a message, or one of the other ways to an answer. */
export type Asking = Readonly<{
  person: Person
  place: Place
  /** Of what the model is to read, as far as the person brings it. */
  characters?: number
  /** As how many messages it counts; one unless said. */
  times?: number
}>

/** `words`: what to tell the person; whoever is denied by name is told nothing. */
export type Refused = Readonly<{ words: string | undefined }>

export type Quota = Readonly<{
  limits: Limits
  inMinute: number
  inDay: number
  spent: number
  /** When they are answered again, if they are not now. */
  until: Date | undefined
}>

type Parts = Readonly<{ store: Store; clock: Clock; settings: AccessSettings }>

/** Whom Aeries hears, and how much they may ask. Reads a few rows of the store, and nothing beyond the process. */
export class Access {
  readonly settings: AccessSettings
  readonly #store: Store
  readonly #clock: Clock

  constructor({ store, clock, settings }: Parts) {
    this.#store = store
    this.#clock = clock
    this.settings = settings
  }

  isAdmin(person: Person, place: Place): boolean {
    return isAdmin(person, place, this.settings)
  }

  /** What becomes of a message that was said then. Counts nothing. */
  async decide(event: Pick<MessageEvent, 'person' | 'place' | 'message'>, at: Date): Promise<Decision> {
    const { person, place, message } = event
    const listens = !message.addressed && isShared(place) && (await this.#listens(place))
    if (!message.addressed && !listens) return { is: 'silent' }
    const { rules: house, limits } = this.settings
    const workspace = await this.#store.accessRules.of(workspaceOf(place))
    const strain = message.addressed ? await this.#strain(person, at) : noStrain
    return decide(event, { house, workspace, listens, limits }, strain)
  }

  /** A message of that person gets an answer. */
  async count({ id }: Person, at: Date): Promise<void> {
    await this.#store.usage.ask(id, at)
  }

  /**
   * Regenerating, going on, answering anew, a file to read: whatever asks the model beside a new message. Counts it, and returns
   * `undefined`; or counts nothing, and nothing else may happen then.
   */
  async charge({ person, place, characters = 0, times = 1 }: Asking): Promise<Refused | undefined> {
    const now = this.#clock.now()
    const { rules, limits } = this.settings
    const judgement = judge(person, place, rules, await this.#store.accessRules.of(workspaceOf(place)))
    if (judgement === 'denied') return { words: undefined }
    const refusal =
      judgement === 'allowed'
        ? overLimit(characters, limits, await this.#strain(person, now, times))
        : { why: judgement }
    if (refusal) return { words: refusalWords(refusal, now) }
    for (let time = 0; time < times; time += 1) await this.#store.usage.ask(person.id, now)
    return undefined
  }

  /** Whether a refusal is told to that person now; it counts as told then. */
  async tellsRefusal({ id }: Person): Promise<boolean> {
    const now = this.#clock.now()
    return await this.#store.usage.tellRefusal(id, now, new Date(now.getTime() - tellAgainMs))
  }

  async quota(person: Person): Promise<Quota> {
    const { id } = person
    const at = this.#clock.now()
    const now = at.getTime()
    const { usage } = this.#store
    const { dayUntil, minuteUntil } = await this.#strain(person, at)
    return {
      limits: this.settings.limits,
      inMinute: await usage.askedSince(id, new Date(now - minuteMs)),
      inDay: await usage.askedSince(id, new Date(now - dayMs)),
      spent: await usage.spentSince(new Date(now - dayMs)),
      until: dayUntil ?? minuteUntil,
    }
  }

  /** An answer took so many. */
  async spend(tokens: number): Promise<void> {
    await this.#store.usage.spend(tokens, this.#clock.now())
  }

  async #listens(place: Place): Promise<boolean> {
    return (await this.#store.preferences.chosen(listeningPreference, [scopeOfPlace(place)])) === 'on'
  }

  async #strain({ id }: Person, at: Date, times = 1): Promise<Strain> {
    const { perMinute, perDay, tokensPerDay } = this.settings.limits
    const until = async (limit: number, windowMs: number) => {
      if (limit === 0) return undefined
      // With so many more there is room when the one that would be over the limit is out of the window.
      const last = await this.#store.usage.nthAsked(id, Math.max(1, limit - times + 1), at)
      const free = last && new Date(last.getTime() + windowMs)
      return free && free > at ? free : undefined
    }
    const spent = tokensPerDay === 0 ? 0 : await this.#store.usage.spentSince(new Date(at.getTime() - dayMs))
    return {
      minuteUntil: await until(perMinute, minuteMs),
      dayUntil: await until(perDay, dayMs),
      isBudgetSpent: tokensPerDay > 0 && spent >= tokensPerDay,
    }
  }
}
