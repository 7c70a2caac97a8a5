/**
 * The letters and digits of a text. They are what platforms and renderers leave alone, so how much of an answer is shown
 * can be told by them, whatever became of its blanks and marks.
 */
export function lettersOf(text: string): string {
  return text.replace(/[^\p{L}\p{N}]+/gu, '')
}

export function commonPrefix(one: string, other: string): number {
  const end = Math.min(one.length, other.length)
  let at = 0
  while (at < end && one.charCodeAt(at) === other.charCodeAt(at)) at += 1
  return at
}

/** How many letters of a text did not arrive, and how many arrived that are not in it: what lies between equal ends. */
export function compareLetters(generated: string, delivered: string): Readonly<{ lost: number; doubled: number }> {
  const [one, other] = [lettersOf(generated), lettersOf(delivered)]
  const start = commonPrefix(one, other)
  const most = Math.min(one.length, other.length) - start
  let end = 0
  while (end < most && one.at(-1 - end) === other.at(-1 - end)) end += 1
  return { lost: one.length - start - end, doubled: other.length - start - end }
}
