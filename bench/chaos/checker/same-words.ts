/**
 * Whether both say the same, whatever white space stands between: messages are cut there, and platforms cut their ends.
 */
export function sameWords(one: string, other: string): boolean {
  return squeezed(one) === squeezed(other)
}

/** Whether the whole begins with these words. */
export function beginsWith(whole: string, beginning: string): boolean {
  return squeezed(whole).startsWith(squeezed(beginning))
}

function squeezed(text: string): string {
  return text.replace(/\s+/gu, '')
}
