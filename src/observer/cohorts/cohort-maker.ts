import type { Cohorts, Taste } from '#src/core/cohorts.ts'
import type { WorkspaceId } from '#src/core/workspace.ts'
import { type OptingParts, whoIsPart } from './opted-out.ts'
import { sortPeople } from './sort-people.ts'
import { tastesOf } from './tastes-of.ts'

export type MakerParts = OptingParts &
  Readonly<{
    cohorts: Cohorts
    /** Milliseconds from whenever, only growing. */
    ticks?: () => number
  }>

/** People that are looked at in one go: a millisecond or two. */
const pageSize = 20
/** A step ends at the first rest after that time, in ms. */
const stepMs = 4
/** They are made at night, in UTC: nobody's answers change in the middle of the day. */
const nightHour = 3

/** Makes the cohorts of each workspace from what its people like now, in small steps. */
export class CohortMaker {
  readonly #parts: MakerParts
  readonly #ticks: () => number
  #making: AsyncGenerator<void> | undefined

  constructor(parts: MakerParts) {
    this.#parts = parts
    this.#ticks = parts.ticks ?? (() => performance.now())
  }

  /** Some ms of what is due: each workspace once a night, or when somebody had something erased. Returns whether there is more. */
  async step(at: Date): Promise<boolean> {
    this.#making ??= this.#makeDue(at)
    const begun = this.#ticks()
    try {
      do {
        const { done } = await this.#making.next()
        if (done === true) this.#making = undefined
      } while (this.#making !== undefined && this.#ticks() - begun < stepMs)
    } catch (error) {
      this.#making = undefined
      throw error
    }
    return this.#making !== undefined
  }

  /** The cohorts of one workspace at once. `rest` is called between two short pieces of work. */
  async make(workspace: WorkspaceId, at: Date, rest: () => Promise<void>): Promise<void> {
    for await (const _ of this.#make(workspace, at)) await rest()
  }

  async *#makeDue(at: Date): AsyncGenerator<void> {
    for (const workspace of await this.#parts.cohorts.due(lastNight(at))) yield* this.#make(workspace, at)
  }

  async *#make(workspace: WorkspaceId, at: Date): AsyncGenerator<void> {
    await this.#parts.cohorts.begin(workspace)
    const tastes: (readonly Taste[])[] = []
    for await (const page of this.#tastes(workspace, at)) {
      tastes.push(...page)
      yield
    }
    await this.#parts.cohorts.publish(workspace, yield* sortPeople(tastes), at)
  }

  async *#tastes(workspace: WorkspaceId, at: Date): AsyncGenerator<readonly (readonly Taste[])[]> {
    const { cohorts } = this.#parts
    const isPart = await whoIsPart(this.#parts, workspace, at)
    let next: number | undefined = 0
    while (next !== undefined) {
      const page: Awaited<ReturnType<Cohorts['people']>> = await cohorts.people(workspace, next, pageSize)
      const tastes: (readonly Taste[])[] = []
      for (const person of page.people.filter(isPart)) {
        tastes.push(tastesOf(await cohorts.styleOf(person, workspace, at)))
      }
      yield tastes
      next = page.next
    }
  }
}

function lastNight(at: Date): Date {
  const night = new Date(at)
  night.setUTCHours(nightHour, 0, 0, 0)
  if (night > at) night.setUTCDate(night.getUTCDate() - 1)
  return night
}
