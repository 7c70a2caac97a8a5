/** Why an answer under way is ended by the engine itself: the reason of an aborted signal, no fault of anybody. */
abstract class Interruption extends Error {
  override readonly name = this.constructor.name
}

/** The asker added something before a word was shown: the question is asked anew with both. */
export class AskedAnew extends Interruption {}

/** Aeries stops: what was generated still lands. */
export class ShuttingDown extends Interruption {}
