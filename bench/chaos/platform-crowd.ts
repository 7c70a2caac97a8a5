import type { Entry } from './book.ts'
import type { LastWord } from './checker/evidence.ts'
import type { Place } from './places.ts'
import type { Message } from './plan-talk.ts'

/** What people put under answers: a thumb, and the signs for another answer, none, no more, and more. */
export type Sign = '👍' | '🔁' | '🗑️' | '🛑' | '▶️'

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
  /** Its asker puts a sign under its answer, or takes it back if it is there. Nothing where no answer stands. */
  react(entry: Entry, sign: Sign): Omit<LastWord, 'of'> | undefined
  /** Takes the sign back from the answer that it stands under: another one may stand below by now. */
  unreact(entry: Entry, sign: Sign): void
  /** Its asker says something of a few words where it was said, to Aeries; tells what tells of it once more. */
  call(entry: Entry, words: string): () => void
  removePlace(channel: string): void
}
