import type { Call } from './call.ts'
import type { CommandContext } from './command.ts'
import { findCommand } from './registry.ts'

type Said = Pick<CommandContext, 'person' | 'place' | 'at'>

/** What is heard late is minutes or hours old: of so many people's commands it is known whether they have given newer ones. */
const most = 1_000

/** When people last set what commands set, so that one which is heard late undoes nothing newer. In memory alone: a restart reads all in its order. */
export class NewestCommands {
  readonly #at = new Map<string, number>()

  carriedOut(said: Said, call: Call): void {
    const key = keyOf(said, call)
    if (key === undefined) return
    const newest = Math.max(said.at.getTime(), this.#at.get(key) ?? 0)
    this.#at.delete(key)
    this.#at.set(key, newest)
    const [oldest] = this.#at.keys()
    if (this.#at.size > most && oldest !== undefined) this.#at.delete(oldest)
  }

  isOvertaken(said: Said, call: Call): boolean {
    const key = keyOf(said, call)
    return key !== undefined && said.at.getTime() < (this.#at.get(key) ?? 0)
  }
}

function keyOf(said: Said, { verb, words }: Call): string | undefined {
  const set = findCommand(verb)?.sets?.(words, said)
  return set === undefined ? undefined : `${said.person.id} ${set}`
}
