/** Something was asked for that cannot be; the message says what can. */
export class Misuse extends Error {
  override readonly name = 'Misuse'
}

/** What there is, or a `Misuse` with these words. */
export function known<T>(find: () => T, missing: string): T {
  try {
    return find()
  } catch (cause) {
    throw new Misuse(missing, { cause })
  }
}
