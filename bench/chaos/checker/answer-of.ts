const names = /\bq\d{5}\b/g

/** How a message is named in its words. */
export function nameOf(number: number): string {
  return `q${String(number).padStart(5, '0')}`
}

/** All names of messages in a text, in their order. */
export function namesIn(text: string): readonly string[] {
  return text.match(names) ?? []
}

/** Words under a question that was changed. */
export function editedWords(name: string): string {
  return `(${name} was edited)`
}

export type Take = Readonly<{
  /** Which of its answers: every time that it is asked for another one it gives the next. */
  take?: number
  /** The question says by now that it was edited. */
  isEdited?: boolean
}>

/**
 * What the model says to the message of that name: always the same, and like no other answer. Plain words, which both
 * platforms show as they are, from one sentence to more than one of Discord's messages.
 */
export function answerOf(name: string, { take = 0, isEdited = false }: Take = {}): string {
  const random = numbersFrom(`${name}${take === 0 ? '' : ` take ${take}`}${isEdited ? ' edited' : ''}`)
  const paragraphs = Array.from({ length: lengthOf(random()) }, () => {
    return Array.from({ length: 2 + Math.floor(random() * 3) }, () => sentence(random)).join(' ')
  })
  return `About ${name}: ${paragraphs.join('\n\n')} So much about that.`
}

/** Paragraphs: mostly one or two, at times enough for a second message. */
function lengthOf(draw: number): number {
  if (draw < 0.65) return 1
  return draw < 0.95 ? 3 : 14
}

function sentence(random: () => number): string {
  const count = 5 + Math.floor(random() * 9)
  const said = Array.from({ length: count }, () => vocabulary[Math.floor(random() * vocabulary.length)]).join(' ')
  return `${said.charAt(0).toUpperCase()}${said.slice(1)}.`
}

/** Numbers from 0 to 1 that hang on a text alone (FNV-1a as the seed of a xorshift). */
function numbersFrom(text: string): () => number {
  let state = 0x811c9dc5
  for (const letter of text) state = Math.imul(state ^ (letter.codePointAt(0) ?? 0), 0x01000193) >>> 0
  return () => {
    state ^= state << 13
    state ^= state >>> 17
    state ^= state << 5
    return (state >>> 0) / 2 ** 32
  }
}

const vocabulary =
  `the a tide turns slowly under every harbour wall while gulls (two or three) wait for bread and rope; nobody
counts boats in winter, but lamps burn late; Möwen, kettles, maps, salt, 灯台, ⚓ anchors and patience: all of it
belongs to people who mend nets, read weather, carry crates, tell small stories, walk home, drink tea, sleep
well, rise early, ask again, forget little, laugh often, row out, come back, keep time, paint hulls, tie
knots, watch stars, count waves, trust charts, share oranges, write letters, sing low`
    .split(/\s+/)
    .map(word => word.replace(/[.]/g, ''))
