import { type Block, type Inline, safeUrl } from '#page/rich.ts'
import { symbolOf } from '#playground/page/chat/emoji.ts'
import type { Names } from '#playground/page/chat/names.ts'

const fence = /```\n?([\s\S]*?)\n?```/g
const styles = { '*': 'bold', _: 'italic', '~': 'strike' } as const
/** A mark counts at the edge of a word only, and around something: https://docs.slack.dev/messaging/formatting-message-text */
const styled = /(?<![\p{L}\p{N}*_~])([*_~])(?=\S)(.+?)(?<=\S)\1(?![\p{L}\p{N}*_~])/u
const atom = /`([^`\n]+)`|<([^<>\n]+)>|:([a-z0-9_+-]+(?:::skin-tone-\d)?):/

/** Reads Slack's mrkdwn: fences, quotes, `*bold*`, `_italic_`, `~struck~`, code, and what is in angle brackets. */
export function readMrkdwn(source: string, names: Names): readonly Block[] {
  const blocks: Block[] = []
  let from = 0
  for (const match of source.matchAll(fence)) {
    blocks.push(...readLines(source.slice(from, match.index), names))
    blocks.push({ type: 'code', language: '', text: unescaped(match[1] ?? '') })
    from = match.index + match[0].length
  }
  return [...blocks, ...readLines(source.slice(from), names)]
}

function readLines(text: string, names: Names): readonly Block[] {
  const lines = text.replace(/^\n|\n$/g, '').split('\n')
  if (lines.join('') === '') return []
  const blocks: Block[] = []
  let open: { isQuote: boolean; lines: string[] } | undefined
  const close = () => {
    if (open) blocks.push(blockOf(open, names))
    open = undefined
  }
  for (const line of lines) {
    // Escaped by the client, since `>` has a meaning of its own.
    const [, quoted] = /^(?:&gt;|>) ?(.*)$/.exec(line) ?? []
    const isQuote = quoted !== undefined
    if (line.trim() === '' && !isQuote) {
      close()
      continue
    }
    if (open?.isQuote !== isQuote) close()
    open ??= { isQuote, lines: [] }
    open.lines.push(quoted ?? line)
  }
  close()
  return blocks
}

function blockOf({ isQuote, lines }: Readonly<{ isQuote: boolean; lines: readonly string[] }>, names: Names): Block {
  const broken = lines.flatMap((line, at) => [...(at > 0 ? [{ type: 'break' } as const] : []), ...inlines(line, names)])
  const paragraph: Block = { type: 'paragraph', children: broken }
  return isQuote ? { type: 'quote', children: [paragraph] } : paragraph
}

function inlines(text: string, names: Names): readonly Inline[] {
  const [first, style] = [atom.exec(text), styled.exec(text)]
  const next = first && (!style || first.index <= style.index) ? first : style
  if (!next) return text === '' ? [] : [{ type: 'text', text: unescaped(text) }]
  const before = text.slice(0, next.index)
  const after = text.slice(next.index + next[0].length)
  const read = next === style ? readStyle(style, names) : readAtom(next, names)
  return [
    ...(before === '' ? [] : [{ type: 'text', text: unescaped(before) } as const]),
    ...read,
    ...inlines(after, names),
  ]
}

function readStyle([, mark = '*', inside = '']: RegExpExecArray, names: Names): readonly Inline[] {
  return [{ type: styles[mark as keyof typeof styles], children: inlines(inside, names) }]
}

function readAtom([whole, code, angle, name]: RegExpExecArray, names: Names): readonly Inline[] {
  if (code !== undefined) return [{ type: 'code', text: unescaped(code) }]
  if (angle !== undefined) return [readAngle(angle, names)]
  const symbol = symbolOf(name ?? '')
  return [symbol ? { type: 'emoji', text: symbol, name: name ?? '' } : { type: 'text', text: whole }]
}

/** `<@U1>`, `<#C1|name>`, `<!here>`, `<https://a.example|label>`. */
function readAngle(inside: string, names: Names): Inline {
  const [target = '', label] = inside.split('|')
  const id = target.slice(1)
  switch (target[0]) {
    case '@':
      return { type: 'mention', text: `@${names.person(id) ?? label ?? id}`, isMe: names.isMe(id) }
    case '#':
      return { type: 'mention', text: `#${label || (names.place(id) ?? id)}`, isMe: false }
    case '!':
      return { type: 'mention', text: `@${label ?? id.split('^')[0] ?? id}`, isMe: true }
    default: {
      const url = safeUrl(unescaped(target))
      const text = { type: 'text', text: unescaped(label ?? target) } as const
      return url === undefined
        ? { type: 'text', text: unescaped(`<${inside}>`) }
        : { type: 'link', url, children: [text] }
    }
  }
}

function unescaped(text: string): string {
  return text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&')
}
