import type { Chair } from './chair.ts'

type Chairs = Readonly<{ discord: Chair; slack: Chair }>

/** Who one speaks as, and where: the same person on both platforms, at one of them at a time. */
export class Seat {
  readonly #chairs: Chairs
  #at: keyof Chairs = 'discord'

  constructor(chairs: Chairs) {
    this.#chairs = chairs
  }

  get platform(): keyof Chairs {
    return this.#at
  }

  get here(): Chair {
    return this.#chairs[this.#at]
  }

  get label(): string {
    return this.here.label
  }

  sitAs(name: string): void {
    this.#chairs.discord.sitAs(name)
    this.#chairs.slack.sitAs(name)
  }

  /** Goes to a place of Discord, or after the word `slack` to one of Slack. */
  goTo(name: string): void {
    const [, inSlack] = /^slack\s+(.+)$/i.exec(name) ?? []
    const at = inSlack === undefined ? 'discord' : 'slack'
    this.#chairs[at].goTo(inSlack ?? name)
    this.#at = at
  }
}
