import type { Meaning, ReactionTable } from '#src/engine/reactions/meaning-of.ts'

const controls: Readonly<Record<string, string>> = {
  stop: 'I stop',
  regenerate: 'I answer once more; taking it back brings the old answer back',
  continue: 'I go on',
  delete: 'I delete the answer, and what I learnt from it',
}

const verdicts: Readonly<Record<string, string>> = {
  loved: 'more like this',
  good: 'good',
  thanks: 'thank you',
  bad: 'not so good',
  awful: 'bad',
  unclear: 'I did not understand you',
  'too long': 'too long: I keep it shorter',
  'too short': 'too short: I say more',
  wrong: 'wrong',
  tone: 'the wrong tone',
}

/** The first emoji of each meaning, with what it does. */
export function shownReactions(table: ReactionTable): readonly string[] {
  const seen = new Set<string>()
  return [...table].flatMap(([emoji, meaning]) => {
    const what = meaning && whatItMeans(meaning)
    // A workspace's own emoji stands behind the workspace's name.
    if (what === undefined || emoji.includes(' ') || seen.has(what)) return []
    seen.add(what)
    return [`- ${emoji} ${what}`]
  })
}

function whatItMeans(meaning: Meaning): string | undefined {
  return meaning.type === 'control' ? controls[meaning.control] : verdicts[meaning.verdict]
}
