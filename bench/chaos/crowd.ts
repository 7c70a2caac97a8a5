import type { Book, Entry } from './book.ts'
import type { Stage } from './cast.ts'
import { DiscordCrowd } from './discord-crowd.ts'
import type { Place } from './places.ts'
import type { Plan } from './plan.ts'
import type { Message } from './plan-talk.ts'
import type { Touch } from './plan-touches.ts'
import type { PlatformCrowd, Sign } from './platform-crowd.ts'
import { SlackCrowd } from './slack-crowd.ts'

/** A platform tells of a command once more after so long: behind a restart. */
const toldAgainAfterMs = 6_000

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
    const crowd = this.#crowdOf(entry)
    switch (what) {
      case 'deliver again':
        crowd.deliverAgain(entry)
        break
      case 'unfurl':
        crowd.unfurl(entry)
        break
      case 'edit':
        crowd.edit(entry)
        this.#book.note(one => one.said.id === of, { editedAt: Date.now() })
        this.#book.noteWish(of)
        break
      case 'delete':
        crowd.delete(entry)
        this.#book.note(one => one.said.id === of, { deletedAt: Date.now() })
        break
      case 'delete answer':
        if (crowd.deleteAnswer(entry)) this.#book.note(one => one.said.id === of, { answerDeletedAt: Date.now() })
        break
      case 'stop':
        if (crowd.stop(entry)) this.#noteStop(entry)
        break
      case 'react':
        if (crowd.react(entry, '👍') !== undefined) this.#book.noteReaction(of)
        break
      case 'again':
        if (crowd.react(entry, '🔁') !== undefined) this.#book.noteWish(of)
        break
      case 'go on':
        if (crowd.react(entry, '▶️') !== undefined) this.#book.noteWish(of)
        break
      case 'wipe':
        if (crowd.react(entry, '🗑️') !== undefined) {
          this.#book.note(one => one.said.id === of, { answerDeletedAt: Date.now() })
        }
        break
      case 'halt':
        if (crowd.react(entry, '🛑') !== undefined) this.#noteStop(entry)
        break
      case 'say stop':
        crowd.call(entry, 'stop')
        this.#noteStop(entry)
        break
      case 'begin anew':
        this.#beginAnew(crowd, entry)
        break
      default:
        what satisfies never
    }
  }

  /** What ends where Aeries stops what it says to somebody. */
  #noteStop(entry: Entry): void {
    this.#book.note(one => isOfOneTalk(one, entry), { stoppedAt: Date.now() })
  }

  #beginAnew(crowd: PlatformCrowd, entry: Entry): void {
    const { channel, asker } = entry.said
    const at = Date.now()
    const tellAgain = crowd.call(entry, 'aeries new')
    this.#noteStop(entry)
    this.#book.commands.push({ channel, asker, at, what: 'new' })
    setTimeout(tellAgain, toldAgainAfterMs).unref()
  }

  /** Everybody who has reacted changes their mind once more: from here on the last word holds. */
  sayLastWords(): void {
    for (const of of this.#book.reacted) {
      const entry = this.#book.find(of)
      if (entry === undefined || entry.said.deletedAt !== undefined || entry.said.goneAt !== undefined) continue
      const word = this.#crowdOf(entry).react(entry, '👍')
      if (word) this.#book.lastWords.push({ ...word, of })
    }
  }

  #crowdOf({ said }: Entry): PlatformCrowd {
    return this.#crowds[said.platform === 'slack' ? 'slack' : 'discord']
  }

  /** Puts the sign under the answer, whether it stood there unheard or not. False where no answer stands. */
  wish(of: string, sign: Sign): boolean {
    const entry = this.#book.find(of)
    if (entry === undefined) return false
    this.#book.noteWish(of)
    if (sign === '🗑️') this.#book.note(one => one.said.id === of, { answerDeletedAt: Date.now() })
    const crowd = this.#crowdOf(entry)
    const given = crowd.react(entry, sign)
    return (given?.isGiven ?? false) ? true : crowd.react(entry, sign) !== undefined
  }

  /** Takes it back; it stands there. */
  takeBack(of: string, sign: Sign): void {
    const entry = this.#book.find(of)
    if (entry === undefined) return
    this.#book.noteWish(of)
    this.#crowdOf(entry).unreact(entry, sign)
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
