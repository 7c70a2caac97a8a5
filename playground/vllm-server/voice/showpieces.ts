import type { Said } from './said.ts'

const things: Readonly<Record<string, readonly string[]>> = {
  fruit: ['apples', 'pears', 'cherries', 'plums', 'figs', 'grapes', 'melons', 'quinces', 'peaches', 'apricots'],
  colour: ['red', 'orange', 'yellow', 'green', 'blue', 'indigo', 'violet', 'white', 'grey', 'black'],
  planet: ['Mercury', 'Venus', 'Earth', 'Mars', 'Jupiter', 'Saturn', 'Uranus', 'Neptune'],
  animal: ['a heron', 'an otter', 'a badger', 'a fox', 'a swift', 'a toad', 'a stoat', 'a hare', 'a wren', 'an eel'],
}

const units =
  'zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen twenty'.split(
    ' ',
  )
const mostCounted = 1_000

/** A number in digits or, up to twenty, in words. */
function numberIn(text: string): number | undefined {
  const digits = text.match(/\d+/)?.[0]
  if (digits !== undefined) return Number(digits)
  const at = units.findIndex(word => new RegExp(`\\b${word}\\b`, 'i').test(text))
  return at < 0 ? undefined : at
}

/** "Count to ten in words." */
export function count(question: string): Said {
  const last = Math.max(1, Math.min(mostCounted, numberIn(question) ?? 10))
  const inWords = /\bwords?\b/i.test(question) && last <= 20
  const numbers = Array.from({ length: last }, (_, at) => (inWords ? (units[at + 1] ?? '') : String(at + 1)))
  const text = numbers.join(', ')
  return { sentences: [`${text.charAt(0).toUpperCase()}${text.slice(1)}.`, `That was counting to ${last}.`] }
}

/** "List five fruits." */
export function list(question: string, words: string): Said {
  const wanted = Math.max(1, Math.min(50, numberIn(question) ?? 5))
  const topic = question.toLowerCase().replaceAll('color', 'colour')
  const known = Object.entries(things).find(([name]) => topic.includes(name))?.[1] ?? []
  const items = Array.from({ length: wanted }, (_, at) => known[at] ?? `${words}, thought ${at + 1}`)
  return { sentences: [`Here is a list for ${words}.`], items, closing: ['Say so if it should be longer or shorter.'] }
}

export function code(question: string, words: string): Said {
  const language = /\b(python|javascript|typescript|rust|bash|go|sql)\b/i.exec(question)?.[1]?.toLowerCase() ?? 'python'
  const body = samples[language] ?? pythonSample
  return {
    sentences: [`Here is a small piece of ${language} for ${words}.`],
    block: `\`\`\`${language}\n${body}\n\`\`\``,
    closing: ['It is always the same piece, because I only know a few by heart.'],
  }
}

export function table(words: string): Said {
  const block = [
    '| part | what it does | since |',
    '| --- | --- | --- |',
    '| stand-in | answers from a script | the start |',
    '| service | shows the growing text | the start |',
    `| ${words.replaceAll('|', ' ')} | what you asked for | now |`,
  ].join('\n')
  return { sentences: [`Here is a table about ${words}.`], block, closing: ['Not every place can show one.'] }
}

/** Emoji come as several tokens each, the first of which show nothing. */
export function emoji(question: string): Said {
  const own = [...question.matchAll(/\p{Extended_Pictographic}(?:\u200d\p{Extended_Pictographic}|\ufe0f)*/gu)]
  const shown = own.map(found => found[0]).join(' ')
  return { sentences: [shown === '' ? '🫠 😀 🎉 👩‍👩‍👧 🇩🇪' : `${shown} 🇩🇪`] }
}

const pythonSample = `def tide(hours):
    """Height of the sea in metres, so many hours after high water."""
    return 2.5 * math.cos(2 * math.pi * hours / 12.42)

for hour in range(0, 13):
    print(f"{hour:02d}:00", round(tide(hour), 2))`

const scriptSample = `const tide = hours => 2.5 * Math.cos((2 * Math.PI * hours) / 12.42)

for (let hour = 0; hour < 13; hour += 1) {
  console.log(\`\${hour}:00\`, tide(hour).toFixed(2))
}`

const samples: Readonly<Record<string, string>> = {
  python: pythonSample,
  javascript: scriptSample,
  typescript: scriptSample.replace('hours =>', '(hours: number): number =>'),
  bash: 'for hour in $(seq 0 12); do\n  printf \'%02d:00\\n\' "$hour"\ndone',
  sql: "SELECT hour, height\nFROM tides\nWHERE place = 'Harbour'\nORDER BY hour;",
  rust: 'fn tide(hours: f64) -> f64 {\n    2.5 * (2.0 * std::f64::consts::PI * hours / 12.42).cos()\n}',
  go: 'func tide(hours float64) float64 {\n\treturn 2.5 * math.Cos(2*math.Pi*hours/12.42)\n}',
}
