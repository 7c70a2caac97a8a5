import { deliveredParts } from './delivered-parts.ts'
import { matchTexts } from './match-texts.ts'

/** Equal, or where they part: the offset in what was generated (line breaks as LF), and what stands there on both sides. */
export type SameText =
  | Readonly<{ same: true }>
  | Readonly<{ same: false; at: number; generated: string; delivered: string }>

const excerptLength = 40

/**
 * Whether people were given what the model generated: nothing lost, nothing doubled. `delivered` are the messages'
 * contents in order, `files` the contents of what was attached after them. Not counted are: the fence lines that a split
 * added, blanks at the ends of parts, line breaks as CR or CR LF, `&amp;` `&lt;` `&gt;` for their characters, angle brackets around
 * web addresses, and how headings and tables are drawn as long as their words are there. A blank answer is no answer, so
 * it equals nothing.
 */
export function sameText(generated: string, delivered: readonly string[], files: readonly string[] = []): SameText {
  const lines = generated.replaceAll(/\r\n?/g, '\n')
  const text = lines.trim()
  const blanks = lines.trimEnd().length - text.length
  const parts = deliveredParts([...delivered, ...files])
  if (text === '') return { same: false, at: 0, generated: '', delivered: parts[0]?.text.slice(0, excerptLength) ?? '' }
  const parting = matchTexts(text, parts)
  if (parting === undefined) return { same: true }
  const { at, part, shownAt } = parting
  return {
    same: false,
    at: blanks + at,
    generated: text.slice(at, at + excerptLength),
    delivered: parts[part]?.text.slice(shownAt, shownAt + excerptLength) ?? '',
  }
}
