import { readMarkdown } from '#page/read-markdown.ts'
import type { Block, Inline } from '#page/rich.ts'
import type { Names } from '#playground/page/chat/names.ts'

/** What common markdown has and Discord does not, by micromark's names of the constructs. */
const without = [
  ...['setextUnderline', 'codeIndented', 'definition', 'labelStartImage', 'characterReference', 'thematicBreak'],
  ...['table', 'tasklistCheck', 'gfmFootnoteCall', 'gfmFootnoteDefinition'],
]

/** https://discord.com/developers/docs/reference#message-formatting; times, custom emoji and guild navigation are words here. */
const special =
  /<@!?(\d+)>|<#(\d+)>|<@&(\d+)>|<a?:(\w+):\d+>|<t:(\d+)(?::([tTdDfFR]))?>|<\/([\w -]+):\d+>|@(everyone|here)\b/g

/** Reads a message of Discord: its markdown, `__underlined__`, `||spoilers||`, `-# small print`, and mentions. */
export function readDiscord(source: string, names: Names): readonly Block[] {
  const dialect = { without, underlines: true, text: (text: string) => words(text, names) }
  return readMarkdown(source, dialect).flatMap(lookInside)
}

function lookInside(block: Block): readonly Block[] {
  switch (block.type) {
    case 'paragraph':
      return withSmallPrint(withSpoilers(block.children))
    case 'heading':
      // Discord has three of them; a fourth one is text.
      return [{ ...block, level: Math.min(block.level, 3), children: withSpoilers(block.children) }]
    case 'quote':
      return [{ ...block, children: block.children.flatMap(lookInside) }]
    case 'list':
      return [{ ...block, items: block.items.map(item => item.flatMap(lookInside)) }]
    default:
      return [block]
  }
}

/** A line that begins with `-# ` is small print, and the lines around it are not. */
function withSmallPrint(children: readonly Inline[]): readonly Block[] {
  const blocks: { type: 'paragraph' | 'small'; children: Inline[] }[] = []
  for (const line of linesOf(children)) {
    const [first, ...rest] = line
    const isSmall = first?.type === 'text' && first.text.startsWith('-# ')
    const type = isSmall ? 'small' : 'paragraph'
    const inside = isSmall ? [{ ...first, text: first.text.slice(3) }, ...rest] : line
    const before = blocks.at(-1)
    if (before?.type === 'paragraph' && type === 'paragraph') before.children.push({ type: 'break' }, ...inside)
    else blocks.push({ type, children: [...inside] })
  }
  return blocks
}

function linesOf(children: readonly Inline[]): readonly (readonly Inline[])[] {
  const lines: Inline[][] = [[]]
  for (const child of children) {
    if (child.type === 'break') lines.push([])
    else lines.at(-1)?.push(child)
  }
  return lines
}

/** What stands between two `||`, whatever else is in it. A last one alone stays as it is. */
function withSpoilers(children: readonly Inline[]): readonly Inline[] {
  const pieces = children.flatMap(child =>
    child.type === 'text' && child.text.includes('||') ? splitAt(child.text) : [child],
  )
  const marks = pieces.flatMap((piece, at) => (piece === mark ? [at] : []))
  const found: Inline[] = []
  let from = 0
  for (let pair = 0; pair + 1 < marks.length; pair += 2) {
    const [begin = 0, end = 0] = [marks[pair], marks[pair + 1]]
    found.push(...pieces.slice(from, begin), { type: 'spoiler', children: pieces.slice(begin + 1, end) })
    from = end + 1
  }
  return [...found, ...pieces.slice(from)]
}

const mark: Inline = { type: 'text', text: '||' }

function splitAt(text: string): readonly Inline[] {
  const parts = text.split('||').map(part => ({ type: 'text', text: part }) as const)
  return parts.flatMap((part, at) => [...(at > 0 ? [mark] : []), ...(part.text === '' ? [] : [part])])
}

function words(text: string, names: Names): readonly Inline[] {
  const found: Inline[] = []
  let from = 0
  for (const match of text.matchAll(special)) {
    if (match.index > from) found.push({ type: 'text', text: text.slice(from, match.index) })
    found.push(readSpecial(match, names))
    from = match.index + match[0].length
  }
  if (from < text.length) found.push({ type: 'text', text: text.slice(from) })
  return found
}

function readSpecial(match: RegExpExecArray, names: Names): Inline {
  const [whole, person, place, role, custom, time, style, command] = match
  if (person) return { type: 'mention', text: `@${names.person(person) ?? 'unknown-user'}`, isMe: names.isMe(person) }
  if (place) return { type: 'mention', text: `#${names.place(place) ?? 'unknown'}`, isMe: false }
  if (role) return { type: 'mention', text: '@role', isMe: false }
  if (custom) return { type: 'text', text: `:${custom}:` }
  if (time) return { type: 'text', text: timeIn(Number(time) * 1_000, style) }
  if (command) return { type: 'mention', text: `/${command}`, isMe: false }
  return { type: 'mention', text: whole, isMe: true }
}

function timeIn(ms: number, style = 'f'): string {
  const date = new Date(ms)
  if (style === 't' || style === 'T') return date.toLocaleTimeString()
  if (style === 'd' || style === 'D') return date.toLocaleDateString()
  return date.toLocaleString()
}
