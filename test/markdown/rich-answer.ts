import { nastyAnswer, seededRandom } from '#test/support/nasty-answer.ts'

type Random = () => number

/** A random answer full of what chats do not show: tables of all widths, deep headings, odd fences, tasks, notes. */
export function richAnswer(seed: number): string {
  const random = seededRandom(seed)
  let text = ''
  for (let blocks = 1 + upTo(random, 10); blocks > 0; blocks -= 1) {
    text += pick(random, random() < 0.1 ? [nasty] : writers)(random) + pick(random, ['\n\n', '\n\n', '\n'])
  }
  return text
}

const words =
  'speed cost size memory -5 3.14 - a*b* **bold** `code` `a\\|b` __loud__ 漢字 日本語の 👍🏽 👨‍👩‍👧‍👦 naïve e\u0301 R&D &lt;b&gt; a_b a\\|b x<y: ~~no~~ (see) [1] note[^2] $x$ #1 :) C++ "q" || > + 1.'.split(
    ' ',
  )
const links = [
  'https://a.io/b_c?d=e&f=g',
  '[docs](https://a.io/b_(c))',
  '[https://bank.com](https://evil.com/x_y)',
  '[https://a.io/x_y](https://a.io/x_y)',
  '![a picture](https://a.io/p.png "of *it*")',
  '![](https://a.io/q.png)',
  '<https://a.io>',
  'www.a.io',
]

const writers: readonly ((random: Random) => string)[] = [
  random => sentence(random, 30),
  random => `${'#'.repeat(1 + upTo(random, 6))} ${sentence(random, 5)}${pick(random, ['', ' ##', ' '])}`,
  random => `${sentence(random, 6)}\n${pick(random, ['===', '---', '-'])}`,
  random => `${sentence(random, 9)}\n${sentence(random, 9)}\n---`,
  random => pick(random, ['---', '***', '- - -', '___', '* * *']),
  table,
  table,
  table,
  random => prefixed('> ', table(random)),
  random => `1. ${sentence(random, 3)}\n\n${prefixed('   ', table(random))}`,
  random => `- ${table(random).replaceAll('\n', '\n  ')}`,
  list,
  random => fence(random, pick(random, ['```', '~~~', '````', '~~~~~'])),
  random => `\`\`\`\`md\n${fence(random, '```')}\n\`\`\`\``,
  random => prefixed('> ', fence(random, pick(random, ['```', '~~~']))),
  random => `> ${pick(random, ['```', '~~~'])}js\n> ${sentence(random, 4)}`,
  random => `Use \`\`\` or ${pick(random, ['`` ``` ``', '``` a ```', '\\```', '````'])} and ${sentence(random, 4)}`,
  random => `>>> ${sentence(random, 5)}`,
  random => `[^2]: ${sentence(random, 5)}`,
]

function sentence(random: Random, most: number): string {
  let text = pick(random, words)
  for (let count = upTo(random, most); count > 1; count -= 1) {
    text += ` ${pick(random, random() < 0.06 ? links : words)}`
  }
  return text
}

function table(random: Random): string {
  const columns = 1 + upTo(random, 5)
  const longest = pick(random, [1, 2, 4, 12])
  const cell = () => (random() < 0.1 ? '' : sentence(random, longest).replaceAll(/(?<!\\)\|/g, '/'))
  const row = (most: number) => `| ${Array.from({ length: most }, cell).join(' | ')} |`
  const rulers = Array.from({ length: columns }, () => pick(random, ['---', ':--', '--:', ':-:', '-------']))
  const rows = Array.from({ length: upTo(random, pick(random, [4, 12, 40])) }, () =>
    row(random() < 0.05 ? 1 + upTo(random, 6) : columns),
  )
  const end = random() < 0.1 ? ['text right after'] : []
  return [row(columns), `|${rulers.join('|')}|`, ...rows, ...end].join('\n')
}

function list(random: Random): string {
  const marks = ['- ', '* ', '+ ', '1. ', '- [ ] ', '- [x] ', '1. [X] ', '+ [ ] ', '- #### ', '- + ']
  const item = () => `${'  '.repeat(upTo(random, 3))}${pick(random, marks)}${sentence(random, 8)}`
  return Array.from({ length: 1 + upTo(random, 8) }, item).join('\n')
}

function fence(random: Random, mark: string): string {
  const info = pick(random, ['', 'js', 'c++ title="x"', ' py ', '{.r}', 'ts {1,3} a'])
  const line = () =>
    pick(random, ['| a | b |', '#### x', '- [ ] y', '``` ', '//``````', '---', sentence(random, 9), ''])
  return [`${mark}${info}`, ...Array.from({ length: upTo(random, pick(random, [4, 12, 60])) }, line), mark].join('\n')
}

function nasty(random: Random): string {
  return nastyAnswer(upTo(random, 100_000), { maxLength: 3_000 })
}

function prefixed(prefix: string, text: string): string {
  return text.replaceAll(/^/gm, prefix)
}

function pick<T>(random: Random, items: readonly T[]): T {
  return items[upTo(random, items.length)] as T
}

function upTo(random: Random, most: number): number {
  return Math.floor(random() * most)
}
