/** A link or an image in the form that models write, on one line, with no brackets in its words and one pair at most in its address. */
export type PlainLink = Readonly<{ isImage: boolean; label: string; target: string }>

/** Finds what looks like one, also within code. */
export const plainLink = /(!?)\[([^[\]\n]*)\]\(((?:[^()\n]|\([^()\n]*\))+)\)/g

const whole = new RegExp(`^${plainLink.source}$`)

/** The parts of a link or image, if it is a plain one. `target`: the address, and the title if there is one. */
export function partsOfLink(source: string): PlainLink | undefined {
  const [all, mark = '', label = '', target = ''] = whole.exec(source) ?? []
  return all === undefined ? undefined : { isImage: mark === '!', label, target }
}
