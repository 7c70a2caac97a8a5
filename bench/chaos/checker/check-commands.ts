import { namesIn } from './answer-of.ts'
import type { CaseFile } from './case-file.ts'
import type { Commanded, Shown } from './evidence.ts'
import type { Violation } from './violation.ts'
import { freshWords } from './words.ts'

/**
 * A command is carried out once, however often it is told: so many words come of it. Of a fresh start in a DM nothing that was said
 * before reaches the model with what is said after.
 */
export function checkCommands(file: CaseFile): readonly Violation[] {
  const { commands, shown } = file.evidence
  const places = Map.groupBy(commands, ({ channel }) => channel)
  return [...places].flatMap(([channel, given]) => {
    const told = shown.filter(one => one.channel === channel && isOfCommand(one))
    const starts = told.flatMap(one => startOf(one, given) ?? [])
    return [...(told.length <= given.length ? [] : [twice(told)]), ...starts.flatMap(start => checkFresh(start, file))]
  })
}

/** It stands where somebody gave a command, and says what comes of one. */
export function isOfCommand({ text, deletedAt }: Pick<Shown, 'text' | 'deletedAt'>): boolean {
  return deletedAt === undefined && text.startsWith(freshWords)
}

type Start = Readonly<{ command: Commanded; at: number }>

/** The command that those words answer, and since when people saw them. */
function startOf({ frames }: Shown, given: readonly Commanded[]): Start | undefined {
  const at = frames[0]?.at
  const command = at === undefined ? undefined : given.findLast(one => one.at <= at)
  return at === undefined || command === undefined ? undefined : { at, command }
}

function checkFresh({ command, at }: Start, { evidence, turns, saidById }: CaseFile): readonly Violation[] {
  const { channel, asker } = command
  const isDm = !evidence.said.some(one => one.channel === channel && one.asker !== asker)
  if (!isDm) return []
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
