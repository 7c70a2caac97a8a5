/** The text without code blocks and inline code, in which Discord sees neither mentions nor links. */
export function withoutCode(text: string): string {
  return text.replace(/(`{3,}|`{1,2})[\s\S]*?\1/g, ' ')
}
