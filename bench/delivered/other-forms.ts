import { partsOfInfo } from '#src/markdown/fence-info.ts'
import { type FenceSpan, fencesIn, longestMarker } from '#src/markdown/fences.ts'
import { type Formula, formulasIn } from '#src/markdown/formulas.ts'
import { pastWords } from './additions.ts'
import type { DeliveredPart } from './delivered-parts.ts'

/** Another form in which a platform may show a stretch of a text. */
export type OtherForm = Readonly<{
  end: number
  /** Where it ends, if it stands at that offset of what was delivered. */
  shownEnd(shown: DeliveredPart, at: number): number | undefined
}>

/** By the offset where the stretch begins, each form as exact as it can be: what is not listed here was shown wrongly. */
export type OtherForms = ReadonlyMap<number, readonly OtherForm[]>

export function otherForms(text: string): OtherForms {
  const forms = new Map<number, OtherForm[]>()
  const add: Add = (start, end, shownEnd) => {
    const there = forms.get(start)
    if (there) there.push({ end, shownEnd })
    else forms.set(start, [{ end, shownEnd }])
  }
  let at = 0
  // Nothing follows, so the last line is over.
  for (const fence of fencesIn(`${text}\n`)) {
    addProse(text.slice(at, fence.start), at, add)
    addFence(text, fence, add)
    at = fence.end
  }
  addProse(text.slice(at), at, add)
  return forms
}

type Add = (start: number, end: number, shownEnd: OtherForm['shownEnd']) => void

/** A link or an image, also within code: one pair of brackets at most in its words and in its address. */
const plainLink = /!?\[((?:\\[\s\S]|[^[\]\\]|\[[^[\]]*\]){0,2000})\]\(((?:[^()\n]|\([^()\n]*\))+)\)/y

const margin = /(?<=^(?:[ \t]*(?:>|(?:[-+*]|\d{1,9}[.)])(?=[ \t])))*[ \t]*)/
const listMark = /(?<=^(?:[ \t>]|(?:[-+*]|\d{1,9}[.)])[ \t])*(?:[-+*]|\d{1,9}[.)])[ \t]+)/
const marks: readonly (readonly [RegExp, (mark: string) => RegExp])[] = [
  // A message may end within the line.
  [
    new RegExp(`${margin.source}(?:(?:-[ \\t]*){3,}|(?:\\*[ \\t]*){3,}|(?:_[ \\t]*){3,})`, 'gm'),
    () => /─{3,}(?=\n|$)/y,
  ],
  [new RegExp(`${margin.source}(?:-+|=+)`, 'gm'), () => /─{3,}(?=\n|$)/y],
  [new RegExp(`${listMark.source}\\[[ xX]\\](?=\\s)`, 'gm'), mark => (mark === '[ ]' ? /☐/y : /☑/y)],
  [new RegExp(`${margin.source}\\+(?=[ \\t]|$)`, 'gm'), () => /-/y],
  [/_(?=_)/g, () => /\*(?=\*)|\\_/y],
  [/(?<=_)_/g, () => /(?<=\*)\*|\\_/y],
  [/(?<=\|)\|/g, () => /\\\|/y],
  [/(?<=\[)\^(?=[^\s\]]{1,40}\])/g, () => /(?=.)/y],
  [/(?<=^ {0,3}>)>(?=>(?:\s|$))/gm, () => / >/y],
  [/`/g, () => /\\`/y],
  [/<br ?\/?>[ \t]*/gi, () => / ?\/ |(?:)/y],
  [/<br ?\/?>[ \t]*/gi, () => /\n/y],
  [/<br ?\/?>[ \t]*/gi, () => /\n[ \t>]+/y],
  [/<br ?\/?>[ \t]*/gi, () => /(?:)/y],
]

function addProse(text: string, offset: number, add: Add): void {
  for (const [pattern, form] of marks) {
    for (const { 0: mark, index } of text.matchAll(pattern)) {
      add(offset + index, offset + index + mark.length, matching(form(mark)))
    }
  }
  for (const formula of formulasIn(text)) addFormula(text, formula, offset, add)
  // A backtick further on makes it code within a line, but a message may end before that.
  for (const { 0: line, index } of text.matchAll(/(?<=^[ \t]*)`{3,}[^`\n]+(?=`)/gm))
    addOpener(line, offset + index, '', add)
  if (!text.includes('](')) return
  // One may lie within the words of another.
  for (const { index } of text.matchAll(/!?\[/g)) {
    plainLink.lastIndex = index
    const link = plainLink.exec(text)
    if (link) addLink(link, offset + index, add)
  }
}

/** Where only words count, a backslash is skipped before forms are asked for, and in a drawn table nothing stands around the formula. */
function addFormula(text: string, formula: Formula, offset: number, add: Add): void {
  const { start, end, from, to, isDisplay, isBelow } = formula
  const lineEnd = text.indexOf('\n', start)
  const isCell = text.slice(text.lastIndexOf('\n', start - 1) + 1, lineEnd === -1 ? undefined : lineEnd).includes('|')
  const mark = isCell ? /[*#\s]*`|(?:)/y : /[*#\s]*`/y
  const fence = isBelow ? /```\n/y : /```\n[ \t>]*/y
  const [open, close] = isDisplay ? [fence, /\n[ \t>]*```/y] : [mark, mark]
  for (const at of [start, start + 1]) if (at < from) add(offset + at, offset + from, matching(open))
  for (const at of [to, end - 1]) if (at >= to) add(offset + at, offset + end, matching(close))
}

/** A link is shown by its words and its address, side by side. Marks in its words may have forms of their own. */
function addLink({ 0: source, 1: label = '', 2: target = '' }: RegExpExecArray, start: number, add: Add): void {
  if (label.trim() === '' || label === target) {
    add(start, start + source.length, ({ text }, at) => pastWords(target, text, at))
  }
  const labelStart = start + source.indexOf('[') + 1
  // Blanks that begin a message are cut.
  for (const blanks of [0, label.length - label.trimStart().length]) add(start, labelStart + blanks, literally(''))
  add(labelStart + label.length, labelStart + label.length + ']('.length, matching(/ ?\(/y))
}

/** A fence of other marks is shown with three backticks, both its ends, and only a language beside them. */
function addFence(text: string, fence: FenceSpan, add: Add): void {
  const start = fence.start + fence.prefix.length
  addOpener(text.slice(start, fence.bodyStart), start, fence.quotes > 0 ? fence.prefix : '', add)
  // A message may end within such a run, which then looks like a closer.
  for (const { 0: run, index } of text.slice(fence.bodyStart, fence.end).matchAll(ornament)) {
    addOrnament(fence.bodyStart + index, run, add)
  }
  if (fence.bodyEnd < fence.end) addCloser(text, fence, add)
  else if (fence.closed) addMissingCloser(fence, add)
  else addHalfCloser(text, fence, add)
}

function addOpener(line: string, start: number, hanging: string, add: Add): void {
  const [, run = '', blanks = '', info = ''] = /(`{3,}|~{3,})([ \t]*)([^\n]*)/.exec(line) ?? []
  const infoStart = start + run.length + blanks.length
  add(start, infoStart, plainFence)
  const { language, rest } = partsOfInfo(info)
  const restStart = infoStart + info.length - info.slice(language.length).trimStart().length
  if (rest !== '') add(infoStart + language.length, restStart, literally(`\n${hanging}`))
  const shownInfo = info.trimEnd().length
  if (shownInfo < info.length) add(infoStart + shownInfo, infoStart + info.length, literally(''))
}

function addCloser(text: string, { bodyEnd, end }: FenceSpan, add: Add): void {
  const closer = /`{3,}|~{3,}/.exec(text.slice(bodyEnd, end))
  if (closer && closer[0].length <= longestMarker)
    add(bodyEnd + closer.index, bodyEnd + closer.index + closer[0].length, plainFence)
}

const ornament = new RegExp(`(?<=^[ \\t>]*)(?:\`{${longestMarker + 1},}|~{${longestMarker + 1},})`, 'gm')

/** Code is closed, and the run is shown. How much of it stands in this message is not known here. */
function addOrnament(start: number, run: string, add: Add): void {
  add(start, start, (part, at) => (part.plainFences.has(at) && part.text[at + 3] === '\n' ? at + 4 : undefined))
  for (let at = start; at < start + run.length; at += 1) add(at, at + 1, literally('\\`'))
}

/** A quote that ends takes its fence along, but it is shown with a closer. */
function addMissingCloser({ end, quotes }: FenceSpan, add: Add): void {
  const closer = matching(new RegExp(`(?:[ \\t]*>){${quotes}}[ \\t]*\`\`\`\\n`, 'y'))
  add(end, end, closer)
}

/** The answer ended within the closer; the delivered text closes the fence by itself. */
function addHalfCloser(text: string, { bodyStart, marker }: FenceSpan, add: Add): void {
  const run = new RegExp(`(?<=^[ \\t>]*)${marker}+\\s*$`, 'm').exec(
    text.slice(Math.max(bodyStart, text.lastIndexOf('\n') + 1)),
  )
  if (run) add(text.length - run[0].length, text.length, literally(''))
}

const plainFence: OtherForm['shownEnd'] = (shown, at) => (shown.plainFences.has(at) ? at + 3 : undefined)

function literally(words: string): OtherForm['shownEnd'] {
  return ({ text }, at) => (text.startsWith(words, at) ? at + words.length : undefined)
}

function matching(pattern: RegExp): OtherForm['shownEnd'] {
  return ({ text }, at) => {
    pattern.lastIndex = at
    return pattern.test(text) ? pattern.lastIndex : undefined
  }
}
