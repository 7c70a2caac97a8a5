import type { Write } from '#src/core/surface.ts'
import { closeOpenFences } from '#src/markdown/close-open-fences.ts'
import { suppressLinkPreviews } from '#src/markdown/suppress-link-previews.ts'

/**
 * Discord takes 2,000 "characters" of an unnamed unit. UTF-16 units are never fewer than code points, so they are safe;
 * the last hundred are kept for a note.
 */
const room = 1_900
const maxLength = 2_000

/** What Discord is sent for a part: fences closed, links without previews, no blank ends (it cuts those itself). */
export function contentOf(text: string): string {
  return suppressLinkPreviews(closeOpenFences(text)).trim()
}

/** The same with a note under it, as Discord's small print. A note that does not fit is shortened, the answer never. */
export function contentWithNote({ text, note }: Pick<Write, 'text' | 'note'>): string {
  const content = contentOf(text)
  const words = note?.replace(/\s+/g, ' ').trim() ?? ''
  if (words === '') return content
  const line = `${content === '' ? '' : '\n'}-# `
  const left = maxLength - content.length - line.length
  if (left < words.length && left < 2) return content
  return content + line + (words.length <= left ? words : `${words.slice(0, left - 1)}…`)
}

/** The share of one message that the text takes as really sent. */
export function shareOfMessage(text: string): number {
  return contentOf(text).length / room
}
