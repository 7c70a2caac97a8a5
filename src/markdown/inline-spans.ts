import { parse, preprocess } from 'micromark'
import { gfm } from 'micromark-extension-gfm'

/** A stretch of running text that belongs together; a cut inside spoils it. */
export type InlineSpan = Readonly<{ start: number; end: number }>

const parser = parse({ extensions: [gfm()] })

const whole = new Set([
  'codeText',
  'link',
  'image',
  'autolink',
  'literalAutolink',
  'htmlText',
  'emphasis',
  'strong',
  'strikethrough',
])
// Every one of these begins with, or holds, one of these signs. Parsing takes a thousand times longer than looking for them.
const sign = /[`*_~[<@]|:\/\/|www\./i
// A marker that is still open this near the end probably just waits for its closer; an older one is a stray character.
const openReach = 300

/** The code, links and emphasis in a stretch of running text, and from its start on the one that seems still open at the end. */
export function inlineSpans(text: string): readonly InlineSpan[] {
  if (!sign.test(text)) return []
  const spans: InlineSpan[] = []
  let open: number | undefined
  for (const [kind, token] of parser.text().write(preprocess()(text, undefined, true))) {
    if (kind !== 'enter') continue
    const { start, end } = { start: token.start.offset, end: token.end.offset }
    if (whole.has(token.type)) spans.push({ start, end })
    else if (token.type === 'data' && end > text.length - openReach) open ??= openerIn(text, start, end)
  }
  return open === undefined ? spans : [...spans, { start: open, end: text.length + 1 }]
}

const opener = /(?<![\p{L}\p{N}\\])(?:`+|\*{1,3}|_{1,3}|~~|!?\[)(?=[^\s`*_~\]])/gu

/** The parser hands out a marker without a partner as plain data, often alone, so its neighbours are looked up in the text. */
function openerIn(text: string, start: number, end: number): number | undefined {
  opener.lastIndex = Math.max(start, text.length - openReach)
  for (let mark = opener.exec(text); mark && mark.index < end; mark = opener.exec(text)) {
    const at = mark.index
    if (!mark[0].endsWith('[') || !text.includes(']', at) || /\]\([^)\s]*$/.test(text.slice(at))) return at
  }
  return undefined
}
