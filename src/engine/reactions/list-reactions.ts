import type { Verdict } from '#src/core/feedback.ts'
import type { WorkspaceId } from '#src/core/workspace.ts'
import type { ControlName } from '#src/engine/controls/control-name.ts'
import type { Meaning, ReactionTable } from './meaning-of.ts'

const meanings: Readonly<Record<ControlName | Verdict, string>> = {
  stop: 'I stop',
  regenerate: 'I answer once more; taking it back brings the old answer back',
  continue: 'I go on',
  delete: 'I delete the answer, and what I learnt from it',
  loved: 'more like this',
  good: 'good',
  thanks: 'thank you',
  bad: 'not so good',
  awful: 'bad',
  unclear: 'I did not understand you',
  wrong: 'wrong',
  'too long': 'too long: I keep it shorter',
  'too short': 'too short: I say more',
  tone: 'the wrong tone',
}
/** Of several emoji that mean the same so many are shown. */
const maxShown = 3

/** What reactions on answers do there, a line each, for `help`: only what may be used in that workspace. */
export function listReactions(table: ReactionTable, workspace: WorkspaceId | undefined): readonly string[] {
  const shown = new Map<string, string[]>()
  const own = [...table].filter(([key]) => key.startsWith(`${workspace} `))
  const everywhere = [...table].filter(([key]) => !key.includes(' ') && !table.has(`${workspace} ${key}`))
  for (const [key, meaning] of [...own, ...everywhere]) {
    if (meaning === undefined) continue
    const name = nameOf(meaning)
    shown.set(name, [...(shown.get(name) ?? []), emojiOf(key.slice(key.lastIndexOf(' ') + 1))])
  }
  return Object.entries(meanings).flatMap(([name, means]) => {
    const emoji = shown.get(name)?.slice(0, maxShown) ?? []
    return emoji.length === 0 ? [] : [`${emoji.join(' ')} ${means}`]
  })
}

function nameOf(meaning: Meaning): ControlName | Verdict {
  return meaning.type === 'control' ? meaning.control : meaning.verdict
}

/** A sign that is drawn as text unless told otherwise is told so; a workspace's own is named as it is written there. */
function emojiOf(plain: string): string {
  if (/^\d+$/.test(plain)) return `<:own:${plain}>`
  if (/^[\w+'-]+$/.test(plain)) return `:${plain}:`
  return /\p{Emoji_Presentation}|\u200D/u.test(plain) ? plain : `${plain}\uFE0F`
}
