import { closeOpenFences } from '#src/markdown/close-open-fences.ts'
import { closingLine, type FenceSpan, fencesIn, openFence } from '#src/markdown/fences.ts'

/** One message of what was delivered, or a file. */
export type DeliveredPart = Readonly<{
  text: string
  isLast: boolean
  /** Where three backticks open or close code that both begins and ends with exactly three. */
  plainFences: ReadonlySet<number>
  /** Where nothing is left but what closes a fence that was cut through. */
  closers: ReadonlySet<number>
}>

/** Messages in order, without blank ends, which platforms cut; blank ones are nothing. */
export function deliveredParts(contents: readonly string[]): readonly DeliveredPart[] {
  const texts = contents.map(content => content.replaceAll(/\r\n?/g, '\n').trim()).filter(text => text !== '')
  return texts.map((text, index) => ({
    text,
    isLast: index === texts.length - 1,
    // Where three backticks are the only fences there are, tildes are letters.
    plainFences: new Set(fencesIn(withoutTildes(text)).flatMap(fence => plainMarks(text, fence))),
    closers: closersIn(text),
  }))
}

/** Whether what stands from that offset on only closes a fence that the answer left open. */
export function onlyCloses({ text }: DeliveredPart, from: number): boolean {
  return [asIs, unescaped, withoutTildes].some(read => {
    const [body, whole] = [read(text.slice(0, from)), withoutIndent(read(text))]
    return [body, `${body}\n`].some(begun => withoutIndent(closeOpenFences(begun)) === whole)
  })
}

/** A closer that the answer left half may have stood deeper than the opener, and below blank lines. */
function withoutIndent(text: string): string {
  return text.replace(/\s+(?=[`~]+$)/, '\n')
}

function plainMarks(text: string, { length, start, prefix, bodyEnd, end }: FenceSpan): readonly number[] {
  const closer = /^[ \t>]*(```)[ \t]*\n?$/d.exec(text.slice(bodyEnd, end))?.indices?.[1]?.[0]
  return length !== 3 || closer === undefined ? [] : [start + prefix.length, bodyEnd + closer]
}

function closersIn(text: string): ReadonlySet<number> {
  const closedAt = text.lastIndexOf('\n')
  if (closedAt === -1) return new Set()
  // A platform may escape all of its text, and then also a quote's marks before a fence.
  for (const read of [asIs, unescaped, withoutTildes]) {
    const fence = openFence(read(text.slice(0, closedAt)))
    if (!fence || read(text.slice(closedAt + 1)) !== closingLine(fence)) continue
    // In a part of fence lines only, the line break belongs to the opener.
    return new Set(text.indexOf('\n') === closedAt ? [closedAt, closedAt + 1] : [closedAt])
  }
  return new Set()
}

function withoutTildes(text: string): string {
  return text.replaceAll('~', 'x')
}

function asIs(text: string): string {
  return text
}

function unescaped(text: string): string {
  return text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&')
}
