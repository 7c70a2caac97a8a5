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
  // The parser drops a byte order mark without counting it.
  const shift = text.startsWith('\ufeff') ? 1 : 0
  const tokens: Token[] = []
  for (const [kind, { type, start, end }] of postprocess(
    parser.document().write(preprocess()(text, undefined, true)),
  )) {
    if (kind === 'enter') tokens.push({ type, start: start.offset + shift, end: end.offset + shift })
  }
  return tokens
}

/** Those of the tokens that lie within the other. */
export function tokensWithin(tokens: readonly Token[], { start, end }: Pick<Token, 'start' | 'end'>): readonly Token[] {
  return tokens.filter(token => token.start >= start && token.end <= end)
}
