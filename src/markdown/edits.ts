/** What stands in the place of a stretch of a text. */
export type Edit = Readonly<{ start: number; end: number; text: string }>

/** The stretch of the text from `from` to `to` with the edits that lie in it. They are in order and do not overlap. */
export function withEdits(text: string, edits: readonly Edit[], from = 0, to = text.length): string {
  let edited = ''
  let at = from
  for (const edit of edits) {
    if (edit.start < at || edit.end > to) continue
    edited += text.slice(at, edit.start) + edit.text
    at = edit.end
  }
  return edited + text.slice(at, to)
}

/** All edits in order. Where two overlap, the one of the earlier list counts. */
export function joinedEdits(...lists: readonly (readonly Edit[])[]): readonly Edit[] {
  let joined: readonly Edit[] = []
  for (const list of lists) {
    const added = list.filter(edit => !joined.some(other => edit.start < other.end && other.start < edit.end))
    joined = [...joined, ...added].toSorted((a, b) => a.start - b.start)
  }
  return joined
}
