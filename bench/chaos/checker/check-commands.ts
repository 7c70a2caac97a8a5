import { namesIn } from './answer-of.ts'
import type { CaseFile } from './case-file.ts'
import type { Commanded, Shown } from './evidence.ts'
import type { Violation } from './violation.ts'
import { freshForAll, freshWords } from './words.ts'

/**
 * A command is carried out once, however often it is told: so many words come of it, where it was given or to its giver alone. Of a fresh
 * start in a DM nothing that was said before reaches the model with what is said after.
 */
export function checkCommands(file: CaseFile): readonly Violation[] {
  const { shown, said } = file.evidence
  const told = Map.groupBy(shown.filter(isOfCommand), ({ channel }) => channel)
  return [...told].flatMap(([channel, words]) => {
    const given = commandsToldIn(channel, file.evidence)
    const isDm = new Set(said.filter(one => one.channel === channel).map(({ asker }) => asker)).size === 1
    const starts = isDm ? words.flatMap(one => startOf(one, given) ?? []) : []
    return [
      ...(words.length <= given.length ? [] : [twice(words)]),
      ...starts.flatMap(start => checkFresh(start, file)),
    ]
  })
}

/** It stands where somebody gave a command, and says what comes of one. */
export function isOfCommand({ text, deletedAt }: Pick<Shown, 'text' | 'deletedAt'>): boolean {
  return deletedAt === undefined && text.startsWith(freshWords)
}

/** Of a command in a place that others read its giver may be told in their own DM. */
export function commandsToldIn(
  channel: string,
  { commands, said }: Pick<CaseFile['evidence'], 'commands' | 'said'>,
): readonly Commanded[] {
  const people = new Set(said.filter(one => one.channel === channel).map(({ asker }) => asker))
  return commands.filter(one => one.channel === channel || (people.size === 1 && people.has(one.asker)))
}

type Start = Readonly<{ command: Commanded; at: number }>

/** The command in this very place that those words answer, and since when people saw them. */
function startOf({ frames, channel, text }: Shown, given: readonly Commanded[]): Start | undefined {
  const at = frames[0]?.at
  if (at === undefined || text.includes(freshForAll)) return undefined
  const command = given.findLast(one => one.channel === channel && one.at <= at)
  return command && { at, command }
}

function checkFresh({ command, at }: Start, { evidence, turns, saidById }: CaseFile): readonly Violation[] {
  const { channel } = command
  const later = turns.filter(({ said, turn }) => {
    const isInIt = said.length > 0 && said.every(one => one.channel === channel && one.at > at)
    // A thread that was begun before goes on.
    return isInIt && (turn.thread === null || Number(turn.thread) * 1_000 > command.at)
  })
  return later.flatMap(({ turn, said }) => {
    const old = evidence.askings
      .filter(asking => asking.turn === turn.key)
      .flatMap(({ prompt }) => namesIn(prompt))
      .filter(name => isBefore(saidById.get(name), command))
    if (old.length === 0) return []
    const what = `the model was told of ${[...new Set(old)].join(', ')} after a fresh start`
    return [{ kind: 'not fresh' as const, what, said: said.map(({ id }) => id), turn: turn.key }]
  })
}

function isBefore(said: Readonly<{ channel: string; at: number }> | undefined, { channel, at }: Commanded): boolean {
  return said !== undefined && said.channel === channel && said.at < at
}

function twice(told: readonly Shown[]): Violation {
  const what = 'more words came of a command than it was given'
  return { kind: 'doubled', what, said: [], shown: told.map(({ key }) => key) }
}
