import { parse, postprocess, preprocess } from 'micromark'
import { gfm } from 'micromark-extension-gfm'

/** What a stretch of a text is to the parser, by micromark's names. */
export type Token = Readonly<{ type: string; start: number; end: number }>

// No chat knows HTML, definitions or code by indentation; to read what is in them as code would leave it unrendered.
// Fences are read elsewhere, the way chats read them.
const nowhere = ['codeFenced', 'codeIndented', 'definition', 'gfmFootnoteDefinition', 'htmlFlow', 'htmlText']
const parser = parse({ extensions: [gfm(), { disable: { null: nowhere } }] })

/** The tokens of a stretch of markdown without code fences, each before those that lie in it. */
export function markdownTokens(text: string): readonly Token[] {
  const tokens: Token[] = []
  // The parser drops a byte order mark without counting it; to chats it is a letter.
  const chunks = preprocess()(text.replace(/^\ufeff/, '\u00a0'), undefined, true)
  for (const [kind, { type, start, end }] of postprocess(parser.document().write(chunks))) {
    if (kind === 'enter') tokens.push({ type, start: start.offset, end: end.offset })
  }
  return tokens
}

/** Those of the tokens that lie within the other; they stand behind it, from `index` on. */
export function tokensWithin(
  tokens: readonly Token[],
  { start, end }: Pick<Token, 'start' | 'end'>,
  index = 0,
): readonly Token[] {
  const within: Token[] = []
  for (let at = index; at < tokens.length; at += 1) {
    const token = tokens[at]
    if (!token || token.start > end) break
    if (token.start >= start && token.end <= end) within.push(token)
  }
  return within
}
