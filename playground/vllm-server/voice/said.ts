import type { Standing } from './standing-lines.ts'

/** What the voice has to say, before the person's wishes give it a length and a shape. */
export type Said = Readonly<{
  /** The first one is the answer; the others are what one would add. */
  sentences: readonly string[]
  items?: readonly string[]
  /** A code block or a table: shown as it is. */
  block?: string
  /** A story. */
  paragraphs?: readonly string[]
  closing?: readonly string[]
  /** Nothing is added to it, taken away, or changed. */
  isExact?: boolean
}>

const usualSentences = 3
const shortItems = 3

/** Puts it into the length and the shape that the person likes. */
export function shapeSaid(said: Said, standing: Standing): string {
  if (said.isExact) return said.sentences.join(' ')
  const isShort = standing.length === 'short'
  const most = isShort ? 1 : standing.length === 'long' ? said.sentences.length : usualSentences
  const sentences = addressed(said.sentences.slice(0, most), standing.name)
  const items = said.items?.slice(0, isShort ? shortItems : said.items.length)
  const closing = isShort ? [] : (said.closing ?? [])
  const inBullets = standing.shape === 'bullets' && !items && !said.block && !said.paragraphs
  if (inBullets) return sentences.map(sentence => `- ${sentence}`).join('\n')
  const parts = [
    sentences.join(' '),
    items && standing.shape === 'prose' ? `${items.join(', ')}.` : items?.map(item => `- ${item}`).join('\n'),
    said.block,
    said.paragraphs?.slice(0, isShort ? 1 : said.paragraphs.length).join('\n\n'),
    closing.join(' '),
  ]
  return parts.filter(part => part !== undefined && part !== '').join('\n\n')
}

function addressed(sentences: readonly string[], name: string | undefined): readonly string[] {
  const [first = '', ...rest] = sentences
  if (name === undefined || name === '' || first.includes(name)) return sentences
  const keepsCapital = /^(?:I\b|\P{Lu})/u.test(first)
  return [`${name}, ${keepsCapital ? first : `${first.charAt(0).toLowerCase()}${first.slice(1)}`}`, ...rest]
}
