import { z } from 'zod'
import { type Verdict, verdicts } from '#src/core/feedback.ts'

const controls = ['stop', 'regenerate', 'continue', 'delete'] as const
const meanings = [...controls, ...verdicts, 'nothing'] as const

/** One emoji, the one workspace where it means so if it does not everywhere, and what it means there. */
export type ReactionSetting = Readonly<{
  emoji: string
  workspace: string | undefined
  meaning:
    | Readonly<{ type: 'control'; control: (typeof controls)[number] }>
    | Readonly<{ type: 'feedback'; verdict: Verdict }>
    | undefined
}>

const form = `must be EMOJI=MEANING, with commas between them (✂️=too long, slack:T024BE7LD/:shipit:=loved); a meaning is one of ${meanings.join(', ')}`
const line = /^(?:([a-z]+:[\w-]+)\/)?([^\s=,/]+)\s*=\s*([a-z ]+)$/

/** `✂️=too long, slack:T024BE7LD/:shipit:=loved, 🔁=nothing`. */
export const reactions = z.string().transform((text, context): readonly ReactionSetting[] =>
  text.split(',').flatMap(entry => {
    const [, workspace, emoji = '', wanted = ''] = line.exec(entry.trim()) ?? []
    const meaning = meanings.find(known => known === wanted.trim())
    if (meaning === undefined) {
      context.addIssue(form)
      return []
    }
    return [{ emoji, workspace, meaning: meaningOf(meaning) }]
  }),
)

function meaningOf(name: (typeof meanings)[number]): ReactionSetting['meaning'] {
  const control = controls.find(known => known === name)
  if (control !== undefined) return { type: 'control', control }
  const verdict = verdicts.find(known => known === name)
  return verdict && { type: 'feedback', verdict }
}
