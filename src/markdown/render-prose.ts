import type { Dialect } from './dialect.ts'
import { joinedEdits, withEdits } from './edits.ts'
import { headingEdits } from './heading-edits.ts'
import { inlineEdits } from './inline-edits.ts'
import { markdownTokens } from './markdown-tokens.ts'
import { Remembered } from './remembered.ts'
import { tableAt } from './render-table.ts'

const blankLines = /(\n(?:[ \t]*\n)+)/
/** In all that tells there is one of these. Looking for them once is enough for most of what is said. */
const tellingSigns = /[|[$#`\\_>+\-=*<]/
/** Without one of these there is nothing to do, and parsing takes a thousand times longer than looking. */
const telling = [
  /[|[$]|#{2}|``|\\[`([]|__|>>>|<br/i,
  // A line of marks only: a rule, or what underlines a heading.
  /^[ \t>\-+*=_\d.)]*[-=_*][ \t]*$/m,
  /^[ \t>\-*\d.)]*\+[ \t]/m,
]

/**
 * While a text grows and its best cut is searched, most of it is the same from one measure to the next, and is not parsed
 * again. That many stretches of the answers under way are remembered.
 */
const rendered = new Remembered<string>(1_000)

/** Markdown without code fences in what a chat can show. */
export function renderProse(text: string, dialect: Dialect): string {
  if (!tellingSigns.test(text)) return text
  // Blocks end at blank lines in all that matters here, so each is parsed by itself, if at all.
  return text
    .split(blankLines)
    .map(block => (mayTell(block) ? renderBlock(block, dialect) : block))
    .join('')
}

function mayTell(text: string): boolean {
  return tellingSigns.test(text) && (telling.some(sign => sign.test(text)) || hasBacktickTooMany(text))
}

function hasBacktickTooMany(text: string): boolean {
  let isOpen = false
  for (let at = text.indexOf('`'); at !== -1; at = text.indexOf('`', at + 1)) isOpen = !isOpen
  return isOpen
}

function renderBlock(block: string, dialect: Dialect): string {
  if (dialect.tables === 'native' || !block.includes('|')) return renderLines(block, dialect)
  const lines = block.split('\n')
  const shown: string[] = []
  let before = 0
  const flush = (to: number) => {
    if (to > before) shown.push(renderLines(lines.slice(before, to).join('\n'), dialect))
  }
  for (let at = 0; at < lines.length; ) {
    const table = tableAt(lines, at, dialect)
    if (table) {
      flush(at)
      shown.push(table.text)
      before = at + table.lines
    }
    at = table ? before : at + 1
  }
  flush(lines.length)
  return shown.join('\n')
}

function renderLines(text: string, dialect: Dialect): string {
  if (!mayTell(text)) return text
  return rendered.get(`${dialect.name}\n${text}`, () => {
    const tokens = markdownTokens(text)
    const edits = joinedEdits(headingEdits(text, tokens, dialect), inlineEdits(text, tokens, dialect))
    return withEdits(text, edits)
  })
}
