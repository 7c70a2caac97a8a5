import { commonPrefix, lettersOf } from './letters.ts'
import type { ShownMessage } from './stage.ts'

/** How many letters of an answer's beginning people have before them from then on. */
export type Scene = Readonly<{ at: number; letters: number }>

/** Letters by which a message is known to belong to an answer: as many as there are, of these at the most. */
const telling = 24
const fewestLetters = 4

/** The messages that show a piece of the answer with these letters. */
export function messagesOf(letters: string, messages: readonly ShownMessage[]): readonly ShownMessage[] {
  return messages.filter(({ frames, file }) => {
    if (file !== '') return letters.includes(lettersOf(file).slice(0, telling))
    const longest = frames.map(({ content }) => lettersOf(content)).reduce((a, b) => (b.length > a.length ? b : a), '')
    return longest.length >= fewestLetters && letters.includes(longest.slice(0, telling))
  })
}

/** What was on the screen of an answer, change by change: on everybody's, or on that of its asker. */
export function filmOf(
  letters: string,
  messages: readonly ShownMessage[],
  whose: 'everybody' | 'asker' = 'everybody',
): readonly Scene[] {
  const changes = messages
    .flatMap(({ frames, file }, message) =>
      frames.map(({ at, content, forAsker = content }) => {
        const words = whose === 'asker' ? forAsker : content
        return { at, message, shown: lettersOf(file === '' ? words : file) }
      }),
    )
    .sort((one, other) => one.at - other.at)
  const contents = messages.map(() => '')
  return changes.map(({ at, message, shown }) => {
    contents[message] = shown
    return { at, letters: commonPrefix(letters, contents.join('')) }
  })
}
