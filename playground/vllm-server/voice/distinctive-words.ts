const stopWords: ReadonlySet<string> = new Set(
  `about above after again against also always because been before being below between both could does doing down during
  each else ever every from further have having hello here into itself just know like little long made make many maybe me
  might more most much must never only other please really same should some such tell than thank thanks that their theirs
  them then there these they thing things think this those through today tomorrow under until very want what when where
  which while will with without would write your yours give show help need explain answer question today something
  anything everything someone story short again hast sentence sentences words sind eine einen nicht aber oder bitte kannst warum`.split(
    /\s+/,
  ),
)

const mostTags = 4

/**
 * The words by which an answer shows which question it belongs to: every tag (a word with letters and digits, `q17`), or
 * else the longest word that is not a common one.
 */
export function distinctiveWords(text: string): readonly string[] {
  const words = [...text.matchAll(/[\p{L}\p{N}\p{M}]+(?:[-_'’][\p{L}\p{N}\p{M}]+)*/gu)].map(found => found[0])
  const tags = words.filter(word => /\p{L}/u.test(word) && /\p{N}/u.test(word))
  if (tags.length > 0) return [...new Set(tags)].slice(0, mostTags)
  const weights = words.map(word => ({ word, weight: weightOf(word) })).filter(({ weight }) => weight > 0)
  const heaviest = weights.reduce((best, next) => (next.weight >= best.weight ? next : best), { word: '', weight: 0 })
  return heaviest.word === '' ? [] : [[...heaviest.word].slice(0, 40).join('')]
}

function weightOf(word: string): number {
  const isCommon = stopWords.has(word.toLowerCase()) || (word.length < 4 && /^[\p{Script=Latin}'’]+$/u.test(word))
  return isCommon ? 0 : [...word].length
}
