/** A seeded stream of numbers in [0, 1): the same seed tells the same story in every run. */
export function seededRandom(seed: number): () => number {
  let state = Math.imul(seed ^ 0x9e3779b9, 0x85ebca6b)
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}

/**
 * An answer as no model should write it: 0 to `maxLength` UTF-16 units, short ones as likely as long ones. `wellFormed`
 * leaves out lone surrogates, which no socket carries.
 */
export function nastyAnswer(seed: number, { maxLength = 20_000, wellFormed = false } = {}): string {
  const random = seededRandom(seed)
  const length = Math.floor(Math.exp(random() * Math.log(maxLength + 1)) - 1 + random())
  let text = ''
  while (text.length < length) text += block(random) + pick(random, separators)
  const answer = (random() < 0.1 ? text.replaceAll('\n', '\r\n') : text).slice(0, length)
  return wellFormed ? answer.toWellFormed() : answer
}

type Random = () => number
type Write = (random: Random) => string

const separators = ['\n\n', '\n\n', '\n\n', '\n', '\n\n\n', ' ', '']

const words = (
  'the of and to a in is it you that he was for on are with as I his they be at one have this from or had by hot but some ' +
  'what there we can out other were all your when up use word how said an each she which do their time if will way about ' +
  'e.g. i.e. Dr. 3.14 2024. U.S. C# a_b_c x*y [1] "quoted" (in brackets) don’t naïve Übermut Straße AT&T a<b >= R&amp;D &lt;p&gt; ' +
  'Привет мир שלום עולם مرحبا بالعالم สวัสดีชาวโลก नमस्ते दुनिया 日本語の文章です。 漢字、かな、カナ！ 한국어 문장 中文没有空格所以很难断行？ ' +
  '👍 👍🏽 👨‍👩‍👧‍👦 🏳️‍🌈 🇩🇪🇫🇷🇯🇵 ❤️ é ñ̃ Z͑ͫ̓ͪ̂ͫ̽͏̴̙̤̞͉͚̯̞̠͍A̴̵̜̰͔ͫ͗͢ क्षि ᄀᄀᄀ각ᆨᆨ @everyone <@123> <!channel> <#C1> :smile: \\* \\` ``` ~~~ \u0301x \u200d👍 1. 2) - # > + | ~ ^ $x^2$ …'
).split(' ')

const addresses = [
  'https://example.com/a_b?c=d&e=f',
  'http://localhost:8000/',
  'https://en.wikipedia.org/wiki/Markdown_(language)',
  '<https://example.com/already>',
  '[a link with words](https://example.com/x_(y)?q=1)',
  '[titled](<https://example.com/z> "a title")',
  '![picture](https://example.com/p.png)',
  'www.example.com/very/long/path',
  'https://例え.jp/パス。',
]

const inline: readonly Write[] = [
  random => `**${sentence(random, 4)}**`,
  random => `*${sentence(random, 3)}*`,
  random => `_${sentence(random, 3)}_`,
  random => `~~${sentence(random, 3)}~~`,
  random => `\`${sentence(random, 3)}\``,
  random => `\`\`a \` b ${sentence(random, 2)}\`\``,
  random => `***${sentence(random, 3)}***`,
  random => `**unclosed ${sentence(random, 2)}`,
  random => `\`unclosed ${sentence(random, 2)}`,
  random => pick(random, addresses),
]

const nasty: readonly Write[] = [
  random => 'x'.repeat(upTo(random, 5_000)),
  random => '\n'.repeat(upTo(random, 3_000)),
  random => ' '.repeat(upTo(random, 3_000)),
  random => '`'.repeat(upTo(random, 2_500)),
  random => '~'.repeat(upTo(random, 100)),
  random => `a${'\u0301'.repeat(upTo(random, 5_000))}`,
  random => '\ud83d\ude00'.repeat(upTo(random, 2_000)),
  random => '👨‍👩‍👧‍👦'.repeat(upTo(random, 400)),
  random => '🇩🇪'.repeat(upTo(random, 1_000)),
  random => '漢字仮名交'.repeat(upTo(random, 800)),
  random => `\ud800 \udc00 ${'\ud83d'.repeat(upTo(random, 20))}`,
  random => '&<>'.repeat(upTo(random, 1_000)),
  random => '[('.repeat(upTo(random, 200)),
  random => `https://example.com/${'path/'.repeat(upTo(random, 800))}`,
  random => `\`\`\`${'info'.repeat(upTo(random, 800))}\ncode\n\`\`\``,
  random => '> '.repeat(upTo(random, 60)) + sentence(random, 5),
  random => `\u200b\ufeff\u00a0${sentence(random, 3)}`,
]

const blocks: readonly Write[] = [
  paragraph,
  paragraph,
  paragraph,
  paragraph,
  random => `${'#'.repeat(1 + upTo(random, 6))} ${sentence(random, 6)}`,
  random => `${sentence(random, 5)}\n${pick(random, ['===', '---'])}`,
  list,
  list,
  table,
  fence,
  fence,
  random => `Nested:\n\n\`\`\`\`markdown\n${fence(random, '```')}\n\`\`\`\``,
  random => prefixed(pick(random, ['> ', '> > ']), `${sentence(random, 20)}\n${fence(random)}`),
  random => `- ${sentence(random, 4)}\n${prefixed('  ', fence(random))}`,
  random => `1. ${sentence(random, 4)}\n   - deeper\n${prefixed('     ', fence(random))}`,
  random => `- ${fence(random).replaceAll('\n', '\n  ')}`,
  random => `${pick(random, ['```', '~~~', '````'])}${pick(random, ['', 'py', ' js title="x"'])}\n${code(random)}`,
  random =>
    pick(random, [
      '---',
      '***',
      '<details>\n<summary>more</summary>',
      '| not a table',
      '[ref]: https://example.com/ref',
    ]),
]

function block(random: Random): string {
  return pick(random, random() < 0.04 ? nasty : blocks)(random)
}

function paragraph(random: Random): string {
  let text = ''
  for (let count = 1 + upTo(random, 12); count > 0; count -= 1) {
    text += random() < 0.3 ? pick(random, inline)(random) : sentence(random, 12)
    text += pick(random, ['. ', '. ', '! ', '? ', '.\n', ', ', ' ', '。', '\n'])
  }
  return text
}

function sentence(random: Random, most: number): string {
  let text = pick(random, words)
  for (let count = upTo(random, most); count > 1; count -= 1) text += ` ${pick(random, words)}`
  return text
}

function list(random: Random): string {
  let text = ''
  for (let item = 1 + upTo(random, 8); item > 0; item -= 1) {
    const indent = '  '.repeat(upTo(random, 3))
    text += `${indent}${pick(random, ['- ', '* ', '1. ', '12) ', '- [x] ', '-\n  '])}${sentence(random, 14)}\n`
  }
  return text
}

function table(random: Random): string {
  const columns = 1 + upTo(random, 4)
  const row = (cell: () => string) => `| ${Array.from({ length: columns }, cell).join(' | ')} |`
  const rows = Array.from({ length: upTo(random, 12) }, () => row(() => sentence(random, 5).replaceAll('|', '/')))
  return [row(() => pick(random, words)), row(() => pick(random, ['---', ':--', '--:'])), ...rows].join('\n')
}

function fence(random: Random, marker = pick(random, ['```', '```', '```', '~~~', '````', '~~~~~'])): string {
  const info = pick(random, ['', '', 'py', 'ts', 'js {1,3}', 'c++', ' text '])
  return `${marker}${info}\n${code(random)}\n${marker}`
}

function code(random: Random): string {
  let text = ''
  for (let line = upTo(random, 40); line > 0; line -= 1) {
    const indent = '    '.repeat(upTo(random, 3))
    text += `${indent}${pick(random, ['', '// ', 'return ', '``', '# ', '> ', '- '])}${sentence(random, 8)}${line > 1 ? '\n' : ''}`
    if (random() < 0.1) text += '\n'
  }
  return text
}

function prefixed(prefix: string, text: string): string {
  return text
    .split('\n')
    .map(line => prefix + line)
    .join('\n')
}

function pick<T>(random: Random, items: readonly T[]): T {
  return items[Math.floor(random() * items.length)] as T
}

/** A whole number from 0 to below `most`. */
function upTo(random: Random, most: number): number {
  return Math.floor(random() * most)
}
