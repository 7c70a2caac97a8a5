import type { Write, WritePhase } from '#src/core/surface.ts'
import { closeOpenFences } from '#src/markdown/close-open-fences.ts'
import type { Dialect } from '#src/markdown/dialect.ts'
import { renderMarkdown } from '#src/markdown/render-markdown.ts'
import { suppressLinkPreviews } from '#src/markdown/suppress-link-previews.ts'
import { platform } from './platform-name.ts'

/**
 * Discord takes 2,000 "characters" of an unnamed unit. UTF-16 units are never fewer than code points, so they are safe;
 * the last hundred are kept for a note.
 */
const room = 1_900
const maxLength = 2_000

/**
 * Clients clip tall messages, and a reader loses hold of them. As many lines as full-length prose takes on a phone, and about
 * what a desktop's window shows at once; fewer would drive code of middling length over the messages of an answer.
 */
const maxLines = 40

/** What Discord's clients make of markdown. A line of code holds some 60 letters before it wraps where space is scarce. */
const dialect: Dialect = {
  name: platform,
  headings: 3,
  tables: { columns: 60 },
  lacks: new Set([
    'underlined-heading',
    'rule',
    'task',
    'image',
    'footnote',
    'plus-bullet',
    // Two underscores underline there.
    'underscored-strong',
    'fence',
    'math',
    'line-break',
  ]),
  // `||` hides what follows, `>>>` quotes the rest of the message.
  hazards: new Set(['spoiler', 'endless-quote', 'disguised-link']),
}

/**
 * What Discord is sent for a part: fences closed, links without previews, no blank ends (it cuts those itself). In its
 * lasting form also what Discord does not show in what it does, unless that is longer than a message.
 */
export function contentOf(text: string, phase: WritePhase = 'final'): string {
  const closed = closeOpenFences(text)
  const live = sent(closed)
  if (phase === 'first' || phase === 'interim') return live
  const lasting = sent(renderMarkdown(closed, dialect))
  return lasting.length > maxLength ? live : lasting
}

function sent(text: string): string {
  return suppressLinkPreviews(text).trim()
}

/** The same with a note under it, as Discord's small print. A note that does not fit is shortened, the answer never. */
export function contentWithNote({ text, note, phase }: Pick<Write, 'text' | 'note' | 'phase'>): string {
  const content = contentOf(text, phase)
  const words = note?.replace(/\s+/g, ' ').trim() ?? ''
  if (words === '') return content
  const line = `${content === '' ? '' : '\n'}-# `
  const left = maxLength - content.length - line.length
  if (left < words.length && left < 2) return content
  return content + line + (words.length <= left ? words : `${words.slice(0, left - 1)}…`)
}

/**
 * Whether a message shows the write, or an earlier state of it: its words are those of a beginning of the text, as they are sent while it
 * grows, or those of the whole in its lasting form; either way with or without small print under them.
 */
export function showsBeginning(content: string, text: string): boolean {
  const bare = content.replace(smallPrint, '')
  return isBeginning(content, text) || (bare !== content && isBeginning(bare, text))
}

/** The note, at the end. */
const smallPrint = /\n?-# [^\n]*$/

function isBeginning(content: string, text: string): boolean {
  if (content === '') return false
  if (content === contentOf(text)) return true
  // Sent words are longer than those they came from by the brackets of links and the closers of fences, and only by those.
  const added = 2 * (content.match(/https?:/gi)?.length ?? 0) + longestClosers
  const start = text.length - text.trimStart().length
  for (let end = start + Math.max(1, content.length - added); end <= text.length; end += 1) {
    const beginning = text.slice(0, end)
    if (beginning.trim().length > content.length) return false
    if (contentOf(beginning, 'interim') === content) return true
  }
  return false
}

const longestClosers = 64

/** The share of one message that the text takes, live and, for a lasting write, also in the form that it is left in. */
export function shareOfMessage(text: string, phase: WritePhase = 'final'): number {
  const closed = closeOpenFences(text)
  const live = shareOf(sent(closed))
  if (phase === 'first' || phase === 'interim') return live
  return Math.max(live, shareOf(sent(renderMarkdown(closed, dialect))))
}

function shareOf(content: string): number {
  let lines = 1
  for (let at = content.indexOf('\n'); at !== -1; at = content.indexOf('\n', at + 1)) lines += 1
  return Math.max(content.length / room, content === '' ? 0 : lines / maxLines)
}
