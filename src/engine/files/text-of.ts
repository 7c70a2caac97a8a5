/** The text of a file's first bytes; `undefined`: they are no text. A character that is cut in two at their end is left out. */
export function textOf(bytes: Uint8Array, isWhole: boolean): string | undefined {
  const [first, second] = bytes
  const encoding =
    first === 0xff && second === 0xfe ? 'utf-16le' : first === 0xfe && second === 0xff ? 'utf-16be' : 'utf-8'
  try {
    const text = new TextDecoder(encoding, { fatal: true }).decode(bytes, { stream: !isWhole })
    return text.includes('\0') ? undefined : text
  } catch {
    return undefined
  }
}
