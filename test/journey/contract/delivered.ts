import { lateNote, restNote } from '#src/engine/words.ts'
import type { JourneyWorld, Said } from '#test/journey/journey-platform.ts'

/** What was delivered of answers: their messages without the notes that a long one and a late one get, and what the files hold. */
export function delivered(
  world: JourneyWorld,
  said: readonly Said[],
): readonly [messages: readonly string[], files: readonly string[]] {
  const notes = [lateNote, restNote].map(note => world.withNote('', note))
  const texts = said.map(({ text }) => notes.reduce((left, note) => left.replace(note, ''), text))
  return [texts.filter(text => text !== ''), said.flatMap(({ files }) => files)]
}
