/** What is known about a person by name of the thing (`name`, `favourite colour`, `home`), in the words of the prompt. */
export type Memory = ReadonlyMap<string, string>

const verb = '(?:is called|is|are|ist|hei(?:ss|ß)t|est|es)'
const about = (whose: string) =>
  new RegExp(`\\b(?:${whose})\\s+([\\p{L} ]{2,30}?)\\s+${verb}\\s+([^.,;!?\\n]{1,60})`, 'giu')
const ownWords = about('my|mein|meine|mon|ma|mi')
const aboutThem = about("their|her|his|the person's|the user's")
const otherWords: readonly (readonly [key: string, pattern: RegExp])[] = [
  [
    'name',
    /\b(?:call me|i am called|i'm called|people call me|ich hei(?:ss|ß)e|je m'appelle|me llamo)\s+([\p{L}\p{M}'’ -]{1,30})/giu,
  ],
  ['home', /\b(?:i|they|she|he) lives? in ([^.,;!?\n]{2,40})/gi],
  ['work', /\b(?:i|they|she|he) works? as (?:an? )?([^.,;!?\n]{2,40})/gi],
]

/** Gathers it from what the prompt says about the person, then from their own turns, oldest first; the latest counts. */
export function remember(rules: string, turns: readonly string[]): Memory {
  const memory = new Map<string, string>()
  gather(rules, aboutThem, memory)
  for (const turn of turns) gather(turn, ownWords, memory)
  return memory
}

/** One spelling for one thing. */
export function keyOf(thing: string): string {
  const key = thing.toLowerCase().replaceAll('favorite', 'favourite').replaceAll('color', 'colour').trim()
  return /^(?:first |nick)?name$|^nom$|^nombre$/.test(key) ? 'name' : key
}

function gather(text: string, pattern: RegExp, into: Map<string, string>): void {
  for (const [, thing = '', value = ''] of text.matchAll(pattern)) {
    // "My name is what?" asks.
    if (!/^(?:what|who|which)\b/i.test(value)) into.set(keyOf(thing), value.trim())
  }
  for (const [key, other] of otherWords) {
    for (const [, value = ''] of text.matchAll(other)) into.set(key, value.trim())
  }
}
