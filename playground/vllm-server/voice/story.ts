const openings = [
  'Once, in a town by the sea,',
  'That night',
  'In the morning',
  'A week later',
  'When the storm had passed,',
]
const people = [
  'the lamplighter',
  'the ferryman',
  'an old cartographer',
  'the baker’s daughter',
  'a stranger with a lantern',
]
const deeds = [
  'walked down to the water and listened',
  'drew a line across the map and followed it',
  'counted the bells and came to a different number',
  'opened the door that had been shut for years',
  'asked the same question for the third time',
  'wrote a letter and gave it to the tide',
  'found a key that fitted nothing in the house',
]
const turns = [
  'Nobody had told them that it would be so quiet.',
  'The answer was plain, and yet nobody said it aloud.',
  'Even the gulls seemed to wait.',
  'It was a small thing, but it stayed with everyone who saw it.',
  'What happened next is told differently in every house of that street.',
]

/** A story in paragraphs, always the same for the same words. */
export function storyAbout(words: string, paragraphs: number): readonly string[] {
  return Array.from({ length: paragraphs }, (_, at) => {
    const first = `${of(openings, at)} ${of(people, at * 3)} ${of(deeds, at * 2)}, thinking of ${words}.`
    const second = `${of(turns, at * 2)} Then ${of(people, at * 3 + 1)} ${of(deeds, at * 5 + 1)}.`
    const third = `${of(turns, at * 3 + 1)} And so part ${at + 1} of the story came to its end.`
    return `${first} ${second} ${third}`
  })
}

function of(choices: readonly string[], at: number): string {
  return choices[at % choices.length] ?? ''
}
