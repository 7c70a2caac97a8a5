import { closeOpenFences } from './close-open-fences.ts'
import { closingLine, type Fence, openFence, reopeningLine } from './fences.ts'

/** What was delivered as one text, with the places where a split may have added something. */
export type DeliveredText = Readonly<{
  text: string
  /** Offsets where a part begins, the first excepted. Blanks around them do not count. */
  borders: ReadonlySet<number>
  /** From where a fence was closed at a part's end to where the next part goes on behind its reopening. */
  bridges: ReadonlyMap<number, readonly number[]>
  /** Whether what stands from that offset on only closes a fence that the answer left open. */
  closesOnly(from: number): boolean
}>

export function deliveredText(contents: readonly string[]): DeliveredText {
  const parts = contents.map(content => content.replaceAll('\r\n', '\n').trim()).filter(part => part !== '')
  const borders = new Set<number>()
  const bridges = new Map<number, readonly number[]>()
  let length = 0
  parts.forEach((part, index) => {
    const start = length
    length += part.length
    const next = parts[index + 1]
    if (next === undefined) return
    borders.add(length)
    const closedAt = part.lastIndexOf('\n')
    const landings = closedAt === -1 ? [] : reopenings(part, closedAt, next)
    if (landings.length === 0) return
    const places = landings.map(landing => length + landing)
    bridges.set(start + closedAt, places)
    // In a part of fence lines only, the way from the bridge before ends behind the line break already.
    if (part.indexOf('\n') === closedAt) bridges.set(start + closedAt + 1, places)
  })
  const text = parts.join('')
  return { text, borders, bridges, closesOnly: from => closesOnly(text, parts.at(-1) ?? '', from) }
}

/** The offsets in the next part where its text may go on, given that the last line of this one closes a fence; else none. */
function reopenings(part: string, closedAt: number, next: string): readonly number[] {
  // A platform may escape all of its text, and then also a quote's marks before a fence.
  for (const read of [asIs, unescaped]) {
    const fence = openFence(read(part.slice(0, closedAt)))
    if (!fence || read(part.slice(closedAt + 1)) !== closingLine(fence)) continue
    const lineEnd = next.indexOf('\n')
    const line = lineEnd === -1 ? next : next.slice(0, lineEnd)
    if (read(line).trim() === reopeningLine(fence).trim()) return afterReopening(next, line.length + 1, fence)
    // A quote that ended with the part took its fence along.
    if (fence.quotes > 0) return [0]
  }
  return []
}

/** Behind the opener's line, and behind the quote marks that the rest of a cut line got again. */
function afterReopening(next: string, from: number, fence: Fence): readonly number[] {
  const at = Math.min(from, next.length)
  if (fence.quotes === 0) return [at]
  const marks = [fence.prefix, fence.prefix.replaceAll('>', '&gt;')].find(prefix => next.startsWith(prefix, at))
  return marks === undefined ? [at] : [at, at + marks.length]
}

function closesOnly(text: string, part: string, from: number): boolean {
  const start = text.length - part.length
  if (from <= start) return false
  return [asIs, unescaped].some(read => {
    const body = read(part.slice(0, from - start))
    return closeOpenFences(body) === read(part) || closeOpenFences(`${body}\n`) === read(part)
  })
}

function asIs(text: string): string {
  return text
}

function unescaped(text: string): string {
  return text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&')
}
