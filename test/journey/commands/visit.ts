import { expect } from 'vitest'
import type { JourneyWorld } from '#test/journey/journey-platform.ts'
import type { Scene, SceneHouseOptions } from '#test/journey/open-scene.ts'
import type { House } from '#test/support/build-house.ts'
import type { Desk, Spot, Told } from './desk.ts'

/** Somebody at the desk: what they do, and what they alone are told of it. */
export class Visit {
  readonly #desk: Desk
  readonly scene: Scene<JourneyWorld>
  readonly house: House

  constructor(desk: Desk, scene: Scene<JourneyWorld>, house: House) {
    this.#desk = desk
    this.scene = scene
    this.house = house
  }

  async say(person: string, spot: Spot, text: string): Promise<string> {
    const count = this.house.turns.length + 1
    const { id } = await this.scene.world.say(person, spot, text)
    await this.house.closed(count)
    return id
  }

  /** Gives a command and returns the whole answer. */
  async ask(person: string, spot: Spot, verb: string, words?: string): Promise<Told> {
    return await this.#after(person, spot, () => this.#desk.give(this.scene, person, spot, verb, words))
  }

  async press(person: string, spot: Spot, told: Told, label: string): Promise<Told> {
    return await this.#after(person, spot, () => told.press(label))
  }

  told(person: string, spot: Spot): readonly Told[] {
    return this.#desk.told(this.scene, person, spot)
  }

  async #after(person: string, spot: Spot, act: () => Promise<void>): Promise<Told> {
    const before = this.told(person, spot).length
    await act()
    await expect.poll(() => this.told(person, spot).length).toBeGreaterThan(before)
    const fresh = this.told(person, spot).slice(before)
    const last = fresh.at(-1)
    if (last === undefined) throw new Error('nothing was told')
    return { ...last, text: fresh.map(({ text }) => text).join('\n') }
  }

  /** Once so much is known of whoever spoke first. */
  async known(notes: number): Promise<void> {
    const { store, turns } = this.house
    const person = turns[0]?.turn.asker.id
    if (person === undefined) throw new Error('nobody spoke')
    const count = async () => {
      const workspaces = await store.learning.workspaces(person)
      const all = await Promise.all(workspaces.map(one => store.learning.known(person, one, new Date())))
      return all.flatMap(({ traits }) => traits).filter(({ status }) => status === 'active').length
    }
    await expect.poll(count).toBe(notes)
  }

  lastPrompt(): string {
    return JSON.stringify(this.scene.vllm.calls.findLast(({ body }) => !('response_format' in body))?.body)
  }
}

/** Opens a platform with Aeries in it, which learns. */
export async function openVisit(desk: Desk, options: SceneHouseOptions = {}): Promise<Visit & AsyncDisposable> {
  const scene = await desk.open()
  const house = await scene.house({ learning: { mode: 'on' }, ...options })
  return Object.assign(new Visit(desk, scene, house), { [Symbol.asyncDispose]: () => scene[Symbol.asyncDispose]() })
}
