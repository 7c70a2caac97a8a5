import type { Write } from '#src/core/surface.ts'
import { closeOpenFences } from '#src/markdown/close-open-fences.ts'
import { buttonsBlock } from './buttons.ts'
import { feedbackBlock } from './feedback.ts'
import { neutralise } from './neutralise.ts'
import { streamText } from './stream-text.ts'

/** Slack takes 12,000 "characters" of an unnamed unit in all markdown of a message; UTF-16 units are never fewer. */
export const room = 11_800
/** What phones and screen readers get. An update with more than 4,000 characters of it is refused. */
const fallbackLength = 150
/** A context block's text ends at 2,000 characters, notes are a line. */
const noteLength = 300

/** `allowed`: a text that may have to go through a native stream, and the addresses that it may show as links. */
export type Dialect = Readonly<{ allowed: ReadonlySet<string> }> | undefined

export type Below = Pick<Write, 'phase' | 'note' | 'notice' | 'buttons'>

export type Block = Readonly<{ type: string; [field: string]: unknown }>

/** What Slack is sent for a part in its lasting form: fences closed, nobody called. */
export function contentOf(text: string, dialect: Dialect): string {
  const closed = closeOpenFences(text)
  return dialect === undefined ? neutralise(closed) : streamText(closed, dialect.allowed)
}

/** A message's blocks. Blocks hide its text, which is then the notification only. */
export function blocksOf(content: string, below: Below): readonly Block[] {
  return [{ type: 'markdown', text: content }, ...blocksBelow(below)]
}

/**
 * What stands under the words: a note told apart from them, buttons and, under a finished answer, two more for what it was worth.
 * Nobody is asked what a notice is worth.
 */
export function blocksBelow({ note, phase, notice, buttons = [] }: Below): readonly Block[] {
  const words = note?.replace(/\s+/g, ' ').trim().slice(0, noteLength) ?? ''
  const noted = { type: 'context', elements: [{ type: 'mrkdwn', text: escaped(words) }] }
  return [
    ...(words === '' ? [] : [noted]),
    ...(buttons.length === 0 ? [] : [buttonsBlock(buttons)]),
    ...(phase === 'final' && notice !== true ? [feedbackBlock] : []),
  ]
}

/** The first words, for a notification. */
export function fallbackOf(text: string): string {
  const line = text.replace(/\s+/g, ' ').trim()
  let words = line.slice(0, fallbackLength)
  while (escaped(words).length > fallbackLength) words = words.slice(0, -1)
  return escaped(words.length < line.length ? `${words.slice(0, -1).toWellFormed()}…` : words)
}

/** Plain words in Slack's own markup, where `<`, `>` and `&` are its syntax. */
export function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
}
