const words =
  `the a of and to in on by at with from over under near old new small long bright quiet harbour lantern kettle window
ladder garden orchard river bridge morning evening winter summer letter story market station carries holds shows brings keeps
opens follows answers remembers wonders travels gathers slowly often together again between without perhaps always`
    .split(/\s+/)
    .filter(word => word !== '')

/** Gives one token after the other: plain sentences in paragraphs, about five characters a token, as English has. */
export function createProse(random: () => number): () => string {
  let inSentence = 0
  let sentences = 0
  return () => {
    inSentence += 1
    if (inSentence > 6 && random() < 0.15) {
      inSentence = 0
      sentences += 1
      return sentences % 5 === 0 ? '.\n\n' : '.'
    }
    const word = words[Math.floor(random() * words.length)] ?? 'and'
    const isFirst = inSentence === 1 && sentences > 0
    const shown = isFirst ? word.slice(0, 1).toUpperCase() + word.slice(1) : word
    return isFirst && sentences % 5 === 0 ? shown : ` ${shown}`
  }
}
