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
