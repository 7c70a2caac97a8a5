const segmenter = new Intl.Segmenter('und', { granularity: 'grapheme' })

/** Whether a text may be cut at that offset without taking apart what people see as one character. */
export function isGraphemeBoundary(text: string, at: number): boolean {
  if (at <= 0 || at >= text.length) return true
  const before = text.charCodeAt(at - 1)
  const after = text.charCodeAt(at)
  // Among plain letters only CR LF belongs together; this spares the segmenter nearly always.
  if (before < 0x80 && after < 0x80) return !(before === 0x0d && after === 0x0a)
  const start = anchorBefore(text, at)
  return segmenter.segment(text.slice(start, at + 2)).containing(at - start)?.index === at - start
}

/** The last place at or before `at`, but not before `from`, where a cut parts no grapheme. */
export function lastGraphemeBoundary(text: string, from: number, at: number): number | undefined {
  let last: number | undefined
  const start = Math.min(anchorBefore(text, at), at)
  for (const { index } of segmenter.segment(text.slice(start, at + 2))) {
    if (start + index > at) break
    if (start + index >= from) last = start + index
  }
  return last
}

/** The last place at or before `at` that is not inside a surrogate pair. */
export function codePointBoundary(text: string, at: number): number {
  return isHighSurrogate(text.charCodeAt(at - 1)) && isLowSurrogate(text.charCodeAt(at)) ? at - 1 : at
}

export function isHighSurrogate(unit: number): boolean {
  return unit >= 0xd800 && unit <= 0xdbff
}

function isLowSurrogate(unit: number): boolean {
  return unit >= 0xdc00 && unit <= 0xdfff
}

/** An ASCII character begins a grapheme of its own, so segmenting from one is right whatever stands before. */
function anchorBefore(text: string, at: number): number {
  let start = at - 1
  while (start > 0 && text.charCodeAt(start) >= 0x80) start -= 1
  return Math.max(start, 0)
}
