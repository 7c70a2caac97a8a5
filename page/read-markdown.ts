import type { ListItem, Nodes, PhrasingContent, RootContent } from 'mdast'
import { fromMarkdown } from 'mdast-util-from-markdown'
import { gfmFromMarkdown } from 'mdast-util-gfm'
import { gfm } from 'micromark-extension-gfm'
import { type Block, type Inline, safeUrl } from './rich.ts'

/** What sets a platform's markdown apart from the common one. */
export type Dialect = Readonly<{
  /** Constructs of micromark that it does not know. HTML is never known. */
  without?: readonly string[]
  /** What bare text means there beside itself. */
  text?(text: string): readonly Inline[]
  /** `__` underlines. */
  underlines?: boolean
}>

const html = ['htmlFlow', 'htmlText']

/** Made once: a long talk has thousands of texts. */
const syntax = gfm({ singleTilde: false })
const mdastExtensions = gfmFromMarkdown()

/** Reads markdown as CommonMark and GitHub have it, or a dialect of that. HTML stays text, and a line break a line break. */
export function readMarkdown(source: string, dialect: Dialect = {}): readonly Block[] {
  const disable = { null: [...html, ...(dialect.without ?? [])] }
  const tree = fromMarkdown(source, { extensions: [syntax, { disable }], mdastExtensions })
  return new Reading(source, dialect).blocks(tree.children)
}

class Reading {
  readonly #source: string
  readonly #dialect: Dialect

  constructor(source: string, dialect: Dialect) {
    this.#source = source
    this.#dialect = dialect
  }

  blocks(nodes: readonly RootContent[]): readonly Block[] {
    return nodes.flatMap(node => this.#block(node))
  }

  #block(node: RootContent): readonly Block[] {
    switch (node.type) {
      case 'paragraph':
        return [{ type: 'paragraph', children: this.#inlines(node.children) }]
      case 'heading':
        return [{ type: 'heading', level: node.depth, children: this.#inlines(node.children) }]
      case 'blockquote':
        return [{ type: 'quote', children: this.blocks(node.children) }]
      case 'code':
        return [{ type: 'code', language: node.lang ?? '', text: node.value }]
      case 'list': {
        const start = node.ordered ? (node.start ?? 1) : undefined
        return [{ type: 'list', start, items: node.children.map(item => this.#item(item)) }]
      }
      case 'table': {
        const [head = [], ...rows] = node.children.map(row => row.children.map(cell => this.#inlines(cell.children)))
        return [{ type: 'table', head, rows, align: head.map((_, at) => node.align?.[at] ?? undefined) }]
      }
      case 'thematicBreak':
        return [{ type: 'rule' }]
      default:
        return [{ type: 'paragraph', children: [{ type: 'text', text: this.#written(node) }] }]
    }
  }

  #item({ checked, children }: ListItem): readonly Block[] {
    const blocks = this.blocks(children)
    if (typeof checked !== 'boolean') return blocks
    const [first, ...rest] = blocks
    const check = { type: 'check', isDone: checked } as const
    if (first?.type !== 'paragraph') return [{ type: 'paragraph', children: [check] }, ...blocks]
    return [{ ...first, children: [check, ...first.children] }, ...rest]
  }

  #inlines(nodes: readonly PhrasingContent[]): readonly Inline[] {
    return nodes.flatMap(node => this.#inline(node))
  }

  #inline(node: PhrasingContent): readonly Inline[] {
    switch (node.type) {
      case 'text':
        return this.#text(node.value)
      case 'emphasis':
        return [{ type: 'italic', children: this.#inlines(node.children) }]
      case 'strong': {
        const isUnderlined = this.#dialect.underlines && this.#written(node).startsWith('__')
        return [{ type: isUnderlined ? 'underline' : 'bold', children: this.#inlines(node.children) }]
      }
      case 'delete':
        return [{ type: 'strike', children: this.#inlines(node.children) }]
      case 'inlineCode':
        return [{ type: 'code', text: node.value }]
      case 'break':
        return [{ type: 'break' }]
      case 'link': {
        const url = safeUrl(node.url)
        if (url === undefined) return this.#text(this.#written(node))
        return [{ type: 'link', url, children: this.#inlines(node.children) }]
      }
      default:
        return this.#text(this.#written(node))
    }
  }

  #text(text: string): readonly Inline[] {
    const read = this.#dialect.text ?? (words => [{ type: 'text', text: words } as const])
    return text.split('\n').flatMap((line, at) => [...(at > 0 ? [{ type: 'break' } as const] : []), ...read(line)])
  }

  #written({ position }: Nodes): string {
    return this.#source.slice(position?.start.offset, position?.end.offset)
  }
}
