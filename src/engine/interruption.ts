/** Why an answer under way is ended by the engine itself: the reason of an aborted signal, no fault of anybody. */
export abstract class Interruption extends Error {
  override readonly name = this.constructor.name
}

/** The asker added something before a word was shown: the question is asked anew with both. */
export class AskedAnew extends Interruption {}

/** The message or the place is gone: nobody can read what is still to come. */
export class NobodyReads extends Interruption {}

/** Something else becomes of the turn than this answer: nothing more of it is written, and the turn stays open. */
export class LetGo extends Interruption {}

/** Somebody who may do so ends the answer: what is there stays. */
export class Stopped extends Interruption {}

/** Aeries stops: what was generated still lands. */
export class ShuttingDown extends Interruption {}
