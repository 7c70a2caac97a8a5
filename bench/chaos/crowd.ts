import type { Book, Entry } from './book.ts'
import type { Stage } from './cast.ts'
import type { LastWord } from './checker/evidence.ts'
import { DiscordCrowd } from './discord-crowd.ts'
import type { Place } from './places.ts'
import type { Plan, Touch } from './plan.ts'
import type { Message } from './plan-talk.ts'
import { SlackCrowd } from './slack-crowd.ts'

/** What the people of one platform do. */
export interface PlatformCrowd {
  /** Says it, and tells what became of it; nothing where the place is not there any more. */
  say(message: Message, place: Place): Entry | undefined
  deliverAgain(entry: Entry): void
  unfurl(entry: Entry): void
  edit(entry: Entry): void
  delete(entry: Entry): void
  /** A moderator takes its answer away. False where there is none, or nobody who may. */
  deleteAnswer(entry: Entry): boolean
  /** Presses stop. False where there is nothing to press. */
  stop(entry: Entry): boolean
  /** Puts a thumb under its answer, or takes it back if it is there. Nothing where no answer stands. */
  react(entry: Entry): Omit<LastWord, 'of'> | undefined
  removePlace(channel: string): void
}

/** Everybody on both platforms, acting by the plan and keeping book of it. */
export class Crowd {
  readonly #book: Book
  readonly #stage: Stage
  readonly #places: ReadonlyMap<string, Place>
  readonly #crowds: Readonly<Record<Place['platform'], PlatformCrowd>>

  constructor(plan: Plan, stage: Stage, book: Book) {
    this.#book = book
    this.#stage = stage
    this.#places = new Map(plan.places.map(place => [place.name, place]))
    this.#crowds = { discord: new DiscordCrowd(stage), slack: new SlackCrowd(stage, book) }
  }

  say(message: Message): void {
    const place = this.#places.get(message.place)
    const entry = place && this.#crowds[place.platform].say(message, place)
    if (entry) this.#book.write(entry)
  }

  touch({ type: what, of }: Pick<Touch, 'type' | 'of'>): void {
    const entry = this.#book.find(of)
    if (entry === undefined || entry.said.deletedAt !== undefined || entry.said.goneAt !== undefined) return
    const crowd = this.#crowds[entry.said.platform === 'slack' ? 'slack' : 'discord']
    switch (what) {
      case 'deliver again':
        crowd.deliverAgain(entry)
        break
      case 'unfurl':
        crowd.unfurl(entry)
        break
      case 'edit':
        crowd.edit(entry)
        break
      case 'delete':
        crowd.delete(entry)
        this.#book.note(one => one.said.id === of, { deletedAt: Date.now() })
        break
      case 'delete answer':
        if (crowd.deleteAnswer(entry)) this.#book.note(one => one.said.id === of, { answerDeletedAt: Date.now() })
        break
      case 'stop':
        if (crowd.stop(entry)) this.#book.note(one => isOfOneTalk(one, entry), { stoppedAt: Date.now() })
        break
      case 'react':
        if (crowd.react(entry) !== undefined) this.#book.noteReaction(of)
        break
      default:
        what satisfies never
    }
  }

  /** Everybody who has reacted changes their mind once more: from here on the last word holds. */
  sayLastWords(): void {
    for (const of of this.#book.reacted) {
      const entry = this.#book.find(of)
      if (entry === undefined || entry.said.deletedAt !== undefined || entry.said.goneAt !== undefined) continue
      const word = this.#crowds[entry.said.platform === 'slack' ? 'slack' : 'discord'].react(entry)
      if (word) this.#book.lastWords.push({ ...word, of })
    }
  }

  removePlace(name: string): void {
    const place = this.#places.get(name)
    if (place === undefined) return
    const channel = this.#stage.channelOf(name)
    this.#crowds[place.platform].removePlace(channel)
    this.#book.note(({ said }) => said.channel === channel, { goneAt: Date.now() })
  }
}

/** A stop ends what its person is being told in that place. */
function isOfOneTalk(one: Entry, other: Entry): boolean {
  return one.channel === other.channel && one.said.asker === other.said.asker
}
