import { sentenceEndsAt } from './sentence-end.ts'

/** The length of the text up to where its last whole line or sentence ends, but at least `from`: what lies behind may still move to the next message. */
export function lastStop(text: string, from: number): number {
  for (let at = text.length - 1; at >= from; at--) {
    if (text[at] === '\n' || sentenceEndsAt(text, at)) return at + 1
  }
  return Math.min(from, text.length)
}
