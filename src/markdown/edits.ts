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
    let next = 0
    const added = list.toSorted(inOrder).filter(({ start, end }) => {
      while ((joined[next]?.end ?? Number.POSITIVE_INFINITY) <= start) next += 1
      const other = joined[next]
      return !other || other.start >= end
    })
    joined = [...joined, ...added].toSorted(inOrder)
  }
  return joined
}

function inOrder(one: Edit, other: Edit): number {
  return one.start - other.start
}
