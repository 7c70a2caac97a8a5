const entities = [
  { written: '&amp;', character: '&' },
  { written: '&lt;', character: '<' },
  { written: '&gt;', character: '>' },
]

/** The character that is written as an entity there. */
export function entityAt(text: string, at: number): { written: string; character: string } | undefined {
  return text[at] === '&' ? entities.find(({ written }) => text.startsWith(written, at)) : undefined
}

/** How many brackets wrap the address that follows them: one, or after a backslash one more that takes its effect away. */
export function bracketsAt(text: string, at: number): number {
  if (text[at] !== '<') return 0
  const brackets = /^(<<?)https?:\/\//i.exec(text.slice(at, at + 10))?.[1]?.length ?? 0
  return brackets === 1 || text[at - 1] === '\\' ? brackets : 0
}

/** Where a stretch ends that is shown with these words, perhaps with brackets around the addresses in them; undefined: it is not. */
export function pastWords(words: string, shown: string, from: number): number | undefined {
  let at = from
  let wrapped = false
  for (const unit of words.split('')) {
    if (wrapped && shown[at] === '>' && unit !== '>') {
      at += 1
      wrapped = false
    }
    const brackets = wrapped || unit === '<' ? 0 : bracketsAt(shown, at)
    if (brackets > 0) wrapped = true
    at += brackets
    if (shown[at] !== unit) return undefined
    at += 1
  }
  return wrapped && shown[at] === '>' ? at + 1 : at
}
