import type { Verdict } from '#src/core/feedback.ts'
import type { ControlName } from '#src/engine/controls/control-name.ts'
import type { Meaning, ReactionTable } from './meaning-of.ts'
import { plainEmoji } from './plain-emoji.ts'

const controls: Readonly<Record<ControlName, string>> = { stop: '🛑', regenerate: '🔁', continue: '▶️', delete: '🗑️' }
const feedback: Readonly<Record<Verdict, string>> = {
  loved: '❤️ 🔥 💯 😍 🤩 🎉 🎯 ⭐ 🌟 🧡 💛 💚 💙 💜 ❤️‍🔥 💖',
  good: '👍 ✅ ✔️ ☑️ 👌 👏 🙌 🆗',
  thanks: '🙏',
  bad: '👎',
  awful: '😡 😠 🤬 🤮 💩',
  unclear: '😕 ❓ ❔',
  'too long': '✂️ 🥱',
  'too short': '➕',
  wrong: '❌ ❎',
  tone: '',
}

/** One line of the setting: an emoji, the one workspace where it means so if it does not everywhere, and what it means. */
export type ReactionEntry = Readonly<{ emoji: string; workspace: string | undefined; meaning: Meaning | undefined }>

/** What emoji mean unless settings say otherwise. */
const usual: readonly ReactionEntry[] = [
  ...Object.entries(controls).flatMap(([control, emoji]) => entries(emoji, controlMeaning(control as ControlName))),
  ...Object.entries(feedback).flatMap(([verdict, emoji]) => entries(emoji, feedbackMeaning(verdict as Verdict))),
]

/** The usual meanings, and over them what is set, the last line about an emoji counting. */
export function createReactionTable(set: readonly ReactionEntry[] = []): ReactionTable {
  const table = new Map<string, Meaning | undefined>()
  for (const { emoji, workspace, meaning } of [...set.toReversed(), ...usual]) {
    const plain = plainEmoji(emoji)
    const key = workspace === undefined ? plain : `${workspace} ${plain}`
    if (!table.has(key)) table.set(key, meaning)
  }
  return table
}

function entries(emoji: string, meaning: Meaning): readonly ReactionEntry[] {
  const all = emoji.split(' ').filter(one => one !== '')
  return all.map(one => ({ emoji: one, workspace: undefined, meaning }))
}

function controlMeaning(control: ControlName): Meaning {
  return { type: 'control', control }
}

function feedbackMeaning(verdict: Verdict): Meaning {
  return { type: 'feedback', verdict }
}
