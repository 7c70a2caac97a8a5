import type { Verdict } from '#src/core/feedback.ts'
import type { ControlName } from '#src/engine/controls/control-name.ts'
import type { Meaning, ReactionTable } from './meaning-of.ts'
import { plainEmoji } from './plain-emoji.ts'

const controls: Readonly<Record<ControlName, string>> = { stop: '🛑', regenerate: '🔁', continue: '▶️', delete: '🗑️' }
/** The first of each is the one that `help` shows. */
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

/** The usual meanings, and over them what is set. */
export function createReactionTable(set: readonly ReactionEntry[] = []): ReactionTable {
  const all = [...usual, ...set]
  return new Map(
    all.map(({ emoji, workspace, meaning }) => {
      const plain = plainEmoji(emoji)
      return [workspace === undefined ? plain : `${workspace} ${plain}`, meaning]
    }),
  )
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
