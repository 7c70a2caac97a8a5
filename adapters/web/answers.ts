import type { MessageId } from '#src/core/ids.ts'
import { Answer } from './answer.ts'

/** Answers that have ended are held for whoever was cut off at their very end; older ones are read from the history. */
const maxEnded = 1_000

/** The answers that are being given, and the last that were. */
export class Answers {
  readonly #answers = new Map<string, Answer>()
  /** Readers of a whole talk. */
  readonly #followers = new Map<string, Set<(answer: Answer) => void>>()

  find(turn: string): Answer | undefined {
    return this.#answers.get(turn)
  }

  /** The one that answers that question, begun if there is none. */
  open(turn: string, talk: string): Answer {
    const known = this.#answers.get(turn)
    if (known) return known
    const answer = new Answer(turn, talk)
    this.#answers.set(turn, answer)
    if (this.#answers.size > maxEnded) this.#drop()
    for (const follower of this.#followers.get(talk) ?? []) follower(answer)
    return answer
  }

  /** Those of one talk, oldest first. */
  of(talk: string): readonly Answer[] {
    return [...this.#answers.values()].filter(answer => answer.talk === talk)
  }

  /** The one that a message of Aeries is part of. */
  showing(talk: string, message: MessageId): Answer | undefined {
    const shows = (answer: Answer) => [...answer.parts, ...answer.files].some(part => part.message === message)
    return this.of(talk).findLast(shows)
  }

  /** Calls for each answer that begins in that talk, until it is disposed of. */
  follow(talk: string, follower: (answer: Answer) => void): Disposable {
    const followers = this.#followers.get(talk) ?? new Set()
    this.#followers.set(talk, followers.add(follower))
    return {
      [Symbol.dispose]: () => {
        followers.delete(follower)
        if (followers.size === 0) this.#followers.delete(talk)
      },
    }
  }

  /** Nothing of that talk is held any more. */
  forget(talk: string): void {
    for (const answer of this.of(talk)) this.#answers.delete(answer.turn)
  }

  #drop(): void {
    for (const [turn, answer] of this.#answers) {
      if (answer.isOver && !answer.isRead) this.#answers.delete(turn)
      if (this.#answers.size <= maxEnded) return
    }
  }
}
