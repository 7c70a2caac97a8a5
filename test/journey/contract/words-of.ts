/** Sentences of a dozen words that no two answers share. */
export function wordsOf(count: number, word = 'word'): readonly string[] {
  return Array.from({ length: count }, (_, at) => `${word}${at}${at % 12 === 11 ? '.' : ''} `)
}
