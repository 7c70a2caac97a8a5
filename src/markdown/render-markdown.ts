import type { Dialect } from './dialect.ts'
import { fencesIn } from './fences.ts'
import { renderFence } from './render-fence.ts'
import { renderProse } from './render-prose.ts'

/**
 * A finished part in what a chat can show. Nothing is written anew: what the chat shows as meant stays to the letter, the
 * rest gets other marks, and no word is lost. Pure; a few milliseconds at worst for what fills a message, next to nothing
 * for plain paragraphs.
 */
export function renderMarkdown(text: string, dialect: Dialect): string {
  // The text is whole, so its last line is over: nothing may still become the mark that goes on with a quote.
  const lines = `${text.includes('\r') ? text.replaceAll(/\r\n?/g, '\n') : text}\n`
  let shown = ''
  let at = 0
  for (const fence of fencesIn(lines)) {
    shown += renderProse(lines.slice(at, fence.start), dialect) + renderFence(lines, fence, dialect)
    at = fence.end
  }
  shown += at === 0 ? renderProse(lines, dialect) : renderProse(lines.slice(at), dialect)
  return shown.endsWith('\n') ? shown.slice(0, -1) : shown
}
