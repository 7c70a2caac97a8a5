import { namesIn } from './answer-of.ts'
import { type CaseFile, namesOf, type TurnFile } from './case-file.ts'
import { commandsToldIn, isOfCommand } from './check-commands.ts'
import type { Shown } from './evidence.ts'
import { excuseOf } from './excuse.ts'
import type { Violation, ViolationKind } from './violation.ts'
import { notices } from './words.ts'

const noticeEveryMs = 60_000

/**
 * Every message of ours belongs to a turn and stands where its question was asked, and nobody is told twice in a
 * minute.
 */
export function checkMessages(file: CaseFile): readonly Violation[] {
  return [
    ...file.evidence.shown.flatMap(shown => checkKnown(shown, file)),
    ...file.turns.flatMap(turn => turn.standing.flatMap(shown => checkPlace(shown, turn))),
    ...file.turns.flatMap(turn => checkReply(turn, file)),
    ...checkNotices(file),
  ]
}

function checkKnown(
  { key, text, channel, deletedAt }: Shown,
  { turnByPart, superseded, evidence }: CaseFile,
): readonly Violation[] {
  if (deletedAt !== undefined || turnByPart.has(key) || superseded.has(key)) return []
  if (isOfCommand({ text, deletedAt }) && commandsToldIn(channel, evidence).length > 0) return []
  // With its place all that was said there leaves the ledger, too.
  if (evidence.said.some(said => said.channel === channel && said.goneAt !== undefined)) return []
  const what = `no turn knows of our message "${text.slice(0, 60)}"`
  return [{ kind: 'orphan message', what, said: namesIn(text).slice(0, 1), shown: [key] }]
}

function checkPlace(shown: Shown, file: TurnFile): readonly Violation[] {
  const [question] = file.said
  const isThere = question === undefined || shown.channel === question.channel
  const isInThread = shown.platform !== 'slack' || (shown.thread ?? null) === file.turn.thread
  return isThere && isInThread ? [] : [breachOf('wrong place', 'a message stands elsewhere than its question', file)]
}

/** Among others an answer in Discord points at a question of its turn; if that was deleted, at nothing. */
function checkReply(file: TurnFile, { saidByKey }: CaseFile): readonly Violation[] {
  const [first] = file.standing
  if (first === undefined) return []
  if (first.replyTo === undefined) {
    const isAmongOthers = first.platform === 'discord' && !first.key.startsWith('discord:-:')
    const mayPointNowhere = !isAmongOthers || excuseOf(file.said) !== undefined
    return mayPointNowhere ? [] : [breachOf('wrong reply', 'the answer points at no question', file)]
  }
  if (file.asked.some(({ key }) => key === first.replyTo)) return []
  const other = saidByKey.get(first.replyTo)
  return [breachOf('wrong reply', `the answer points at ${other?.id ?? first.replyTo}`, file)]
}

function checkNotices({ turns }: CaseFile): readonly Violation[] {
  const standing = turns.flatMap(file => {
    const stands = file.standing.some(({ text }) => notices.includes(text)) && excuseOf(file.said) === undefined
    const at = file.standing[0]?.frames[0]?.at
    return stands && at !== undefined ? [{ file, at }] : []
  })
  const lanes = Map.groupBy(standing, ({ file: { turn } }) => `${turn.place} ${turn.asker}`)
  return [...lanes.values()].flatMap(told => {
    const inOrder = told.toSorted((a, b) => a.at - b.at)
    return inOrder.flatMap(({ file, at }, i) => {
      const before = inOrder[i - 1]
      if (before === undefined || at - before.at >= noticeEveryMs) return []
      return [breachOf('notice twice', `the asker was told ${Math.round((at - before.at) / 1_000)} s before`, file)]
    })
  })
}

function breachOf(kind: ViolationKind, what: string, file: TurnFile): Violation {
  return { kind, what, said: namesOf(file), turn: file.turn.key, shown: file.parts }
}
